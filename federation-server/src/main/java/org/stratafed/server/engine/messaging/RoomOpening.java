package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.membership.Inviting;

/// Makes rooms: plans them, has them made, names them and invites into them.
final class RoomOpening {

    private static final String ROOM_ID_LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int ROOM_ID_CHARS = 18;
    private static final int INVITES_AT_ONCE_MAX = 10;

    private final HomeserverEnvironment environment;
    private final MessagingSettings settings;
    private final PduLayer pdu;
    private final LocalProfiles profiles;
    private final CanonicalAliases aliases;
    private final Inviting inviting;

    /// Aliases of rooms that are being made, so that no two of them get the same.
    private final SequencedSet<RoomAlias> promised = new LinkedHashSet<>();

    RoomOpening(
            HomeserverEnvironment environment,
            MessagingSettings settings,
            PduLayer pdu,
            LocalProfiles profiles,
            CanonicalAliases aliases,
            Inviting inviting) {
        this.environment = environment;
        this.settings = settings;
        this.pdu = pdu;
        this.profiles = profiles;
        this.aliases = aliases;
        this.inviting = inviting;
    }

    Uni<RoomId> open(UserId creator, RoomCreationRequest request) {
        var rules = rules(request);
        var creation = new RoomCreation(rules, creator, request);
        var alias = aliases.forNewRoom(request.aliasLocalpart());
        if (alias.filter(promised::contains).isPresent()) {
            return Uni.createFrom().failure(taken(alias.get()));
        }
        alias.ifPresent(promised::add);
        return requireFree(alias)
                .chain(() -> profiles.ofOurs(creator))
                .map(profile -> creation.plan(newRoomId(rules), alias, profile))
                .chain(pdu::create)
                .call(room -> name(room, alias, creator))
                .call(room -> publish(room, request))
                .onTermination()
                .invoke(() -> alias.ifPresent(promised::remove))
                .call(room -> inviteAll(room, creator, request));
    }

    private RoomVersionRules rules(RoomCreationRequest request) {
        var version = request.version().orElse(settings.defaultRoomVersion());
        return RoomVersionRules.of(version)
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                        "room version " + version + " is not supported"));
    }

    private Uni<Void> requireFree(Optional<RoomAlias> alias) {
        if (alias.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return environment
                .stores()
                .directory()
                .alias(alias.get())
                .invoke(
                        room -> {
                            if (room.isPresent()) {
                                throw taken(alias.get());
                            }
                        })
                .replaceWithVoid();
    }

    private Optional<RoomId> newRoomId(RoomVersionRules rules) {
        return rules.roomIdIsCreateHash()
                ? Optional.empty()
                : Optional.of(randomRoomId(environment.random()));
    }

    private RoomId randomRoomId(RandomGenerator random) {
        var opaque = new StringBuilder(ROOM_ID_CHARS);
        for (int i = 0; i < ROOM_ID_CHARS; i++) {
            opaque.append(ROOM_ID_LETTERS.charAt(random.nextInt(ROOM_ID_LETTERS.length())));
        }
        return new RoomId("!" + opaque + ":" + settings.local());
    }

    private Uni<Void> name(RoomId room, Optional<RoomAlias> alias, UserId creator) {
        if (alias.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return environment
                .stores()
                .directory()
                .addAlias(alias.get(), room, creator)
                .invoke(
                        added -> {
                            if (!added) {
                                throw taken(alias.get());
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<Void> publish(RoomId room, RoomCreationRequest request) {
        return request.published()
                ? environment.stores().directory().publish(room, true)
                : Uni.createFrom().voidItem();
    }

    private Uni<?> inviteAll(RoomId room, UserId creator, RoomCreationRequest request) {
        var targets = new LinkedHashSet<>(request.invite()).stream().toList();
        return InBatches.of(
                targets,
                INVITES_AT_ONCE_MAX,
                target -> invite(room, creator, target, request.direct()));
    }

    /// The room is there, so that somebody couldn't be invited is not its creator's failure.
    private Uni<Boolean> invite(RoomId room, UserId creator, UserId target, boolean direct) {
        return inviting.invite(room, creator, target, Optional.empty(), direct)
                .replaceWith(true)
                .onFailure(
                        failure ->
                                failure instanceof MatrixException
                                        || failure instanceof RemoteFailure)
                .recoverWithItem(
                        failure -> {
                            environment
                                    .telemetry()
                                    .peer(
                                            target.server(),
                                            "Its user could not be invited to a new room: "
                                                    + failure.getMessage());
                            return false;
                        });
    }

    private static MatrixException taken(RoomAlias alias) {
        return new MatrixException(MatrixErrorCode.ROOM_IN_USE, alias + " is taken");
    }
}
