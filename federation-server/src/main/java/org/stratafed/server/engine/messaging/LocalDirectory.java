package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.messaging.Directory;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.engine.messaging.call.Eager;
import org.stratafed.server.engine.messaging.call.PeerFailures;
import org.stratafed.server.engine.messaging.discovery.Discovery;
import org.stratafed.server.engine.messaging.reading.RoomAccess;

/// The aliases this server gives out and the rooms it has published; those of others are asked for.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-aliases">Room aliases</a>
final class LocalDirectory implements Directory {

    private static final int CONFLICT = 409;

    private final ServerName local;
    private final Stores stores;
    private final PduLayer pdu;
    private final RemoteQueries queries;
    private final RoomAccess access;
    private final Discovery discovery;

    LocalDirectory(
            ServerName local,
            Stores stores,
            PduLayer pdu,
            RemoteQueries queries,
            RoomAccess access,
            Discovery discovery) {
        this.local = local;
        this.stores = stores;
        this.pdu = pdu;
        this.queries = queries;
        this.access = access;
        this.discovery = discovery;
    }

    @Override
    public Uni<DirectoryAnswer> resolve(RoomAlias alias) {
        return Eager.call(
                () ->
                        isLocal(alias)
                                ? ofOurs(alias)
                                : PeerFailures.answered(queries.directory(alias.server(), alias)));
    }

    /// What is behind an alias of this server; `M_NOT_FOUND` for one there isn't.
    Uni<DirectoryAnswer> ofOurs(RoomAlias alias) {
        return stores.directory()
                .alias(alias)
                .map(room -> room.orElseThrow(() -> unknown(alias)))
                .chain(room -> pdu.waysIn(room).map(servers -> answer(room, servers)));
    }

    /// This server comes first: it is the one that is known to be up.
    private DirectoryAnswer answer(RoomId room, SequencedSet<ServerName> servers) {
        var inOrder = new LinkedHashSet<ServerName>();
        if (servers.contains(local)) {
            inOrder.add(local);
        }
        inOrder.addAll(servers);
        return new DirectoryAnswer(room, new ArrayList<>(inOrder));
    }

    @Override
    public Uni<Void> add(RoomAlias alias, RoomId room, UserId creator) {
        return Eager.call(
                () -> {
                    if (!isLocal(alias)) {
                        throw MatrixException.invalidParam(alias + " is not of this server");
                    }
                    return access.requireJoined(creator, room)
                            .chain(() -> stores.directory().addAlias(alias, room, creator))
                            .invoke(added -> requireFree(added, alias))
                            .replaceWithVoid();
                });
    }

    private static void requireFree(boolean added, RoomAlias alias) {
        if (!added) {
            throw new MatrixException(MatrixErrorCode.UNKNOWN, alias + " is taken")
                    .withStatus(CONFLICT);
        }
    }

    /// An alias may be removed by whoever added it, and by whoever may say which aliases the room
    /// goes by.
    @Override
    public Uni<Void> remove(RoomAlias alias, UserId user) {
        return Eager.call(
                () ->
                        stores.directory()
                                .aliasCreator(alias)
                                .map(creator -> creator.orElseThrow(() -> unknown(alias)))
                                .chain(creator -> requireMayRemove(alias, user, creator))
                                .chain(() -> stores.directory().removeAlias(alias))
                                .replaceWithVoid());
    }

    private Uni<Void> requireMayRemove(RoomAlias alias, UserId user, UserId creator) {
        if (user.equals(creator)) {
            return Uni.createFrom().voidItem();
        }
        return stores.directory()
                .alias(alias)
                .map(room -> room.orElseThrow(() -> unknown(alias)))
                .chain(room -> access.requireMaySetState(user, room, "m.room.canonical_alias"));
    }

    @Override
    public Uni<List<RoomAlias>> aliases(RoomId room, UserId user) {
        return Eager.call(
                () ->
                        access.standing(user, room)
                                .invoke(standing -> standing.requireSeesNow())
                                .chain(() -> stores.directory().aliases(room)));
    }

    @Override
    public Uni<PublicRooms> publicRooms(Optional<ServerName> server, PublicRoomsRequest request) {
        return Eager.call(
                () ->
                        server.filter(it -> !it.equals(local))
                                .map(it -> PeerFailures.answered(queries.publicRooms(it, request)))
                                .orElseGet(() -> discovery.published(request)));
    }

    @Override
    public Uni<Boolean> isPublished(RoomId room) {
        return Eager.call(() -> stores.directory().isPublished(room));
    }

    @Override
    public Uni<Void> publish(RoomId room, UserId user, boolean isPublished) {
        return Eager.call(
                () ->
                        access.requireMaySetState(user, room, "m.room.canonical_alias")
                                .chain(() -> stores.directory().publish(room, isPublished)));
    }

    /// Whether this is what the alias leads to now.
    Uni<Boolean> leadsTo(RoomAlias alias, RoomId room) {
        return resolve(alias)
                .map(answer -> answer.room().equals(room))
                .onFailure(MatrixException.class)
                .recoverWithItem(false);
    }

    /// The alias on this server with that local part; `M_INVALID_PARAM` if there can't be one.
    RoomAlias ours(String localpart) {
        return Optional.of(localpart)
                .filter(it -> it.indexOf(':') < 0)
                .flatMap(it -> RoomAlias.parse("#" + it + ":" + local))
                .orElseThrow(() -> MatrixException.invalidParam("no alias: " + localpart));
    }

    private boolean isLocal(RoomAlias alias) {
        return alias.server().equals(local);
    }

    private static MatrixException unknown(RoomAlias alias) {
        return MatrixException.notFound("there is no alias " + alias);
    }
}
