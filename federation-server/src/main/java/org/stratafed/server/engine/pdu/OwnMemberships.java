package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.pdu.approval.OwnEvents;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.handshake.Inviting;
import org.stratafed.server.engine.pdu.handshake.JoinConditions;
import org.stratafed.server.engine.pdu.handshake.JoiningThroughPeer;
import org.stratafed.server.engine.pdu.handshake.KnockingThroughPeer;
import org.stratafed.server.engine.pdu.handshake.LeavingThroughPeer;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Memberships that our users change: in the room where somebody of ours is in it, through another
/// server otherwise.
final class OwnMemberships {

    private final LocalServer server;
    private final TimelineStore timeline;
    private final OwnEvents own;
    private final JoinConditions conditions;
    private final Peers peers;
    private final BiConsumer<UserId, Long> onMembership;

    /// How it is done through another server.
    record Peers(
            JoiningThroughPeer joining,
            KnockingThroughPeer knocking,
            LeavingThroughPeer leaving,
            Inviting inviting) {}

    OwnMemberships(
            LocalServer server,
            TimelineStore timeline,
            OwnEvents own,
            JoinConditions conditions,
            Peers peers,
            BiConsumer<UserId, Long> onMembership) {
        this.server = server;
        this.timeline = timeline;
        this.own = own;
        this.conditions = conditions;
        this.peers = peers;
        this.onMembership = onMembership;
    }

    Uni<EventId> invite(RoomId room, UserId sender, UserId target, JsonObject content) {
        var draft = draft(room, sender, target, content, "invite");
        return target.server().equals(server.name())
                ? own.submit(draft)
                : peers.inviting().invite(draft, target.server());
    }

    Uni<EventId> join(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return either(
                room,
                () -> joinHere(room, user, via, content),
                () -> peers.joining().join(room, user, via, content));
    }

    /// Where this server can't say whether the user fulfils the room's conditions, or has nobody
    /// who may vouch for it, another one may.
    private Uni<EventId> joinHere(
            RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return conditions
                .voucher(room, user)
                .chain(
                        voucher ->
                                submit(
                                        room,
                                        user,
                                        voucher.map(it -> vouched(content, it)).orElse(content),
                                        "join"))
                .onFailure(OwnMemberships::isUnableToLetIn)
                .recoverWithUni(
                        () ->
                                timeline.residentServers(room)
                                        .chain(
                                                residents -> {
                                                    var servers = new ArrayList<>(via);
                                                    servers.addAll(residents);
                                                    return peers.joining()
                                                            .join(room, user, servers, content);
                                                }));
    }

    private static JsonObject vouched(JsonObject content, UserId voucher) {
        return content.with(Vouching.AUTHORISED_VIA, new JsonString(voucher.value()));
    }

    private static boolean isUnableToLetIn(Throwable failure) {
        return failure instanceof MatrixException answer
                && (answer.code() == MatrixErrorCode.UNABLE_TO_AUTHORISE_JOIN
                        || answer.code() == MatrixErrorCode.UNABLE_TO_GRANT_JOIN);
    }

    /// Takes up what was under way when the server stopped.
    void resume() {
        peers.joining().resume();
    }

    List<JoinUnderWay> joinsUnderWay(UserId user) {
        return peers.joining().underWay(user);
    }

    Uni<EventId> knock(RoomId room, UserId user, List<ServerName> via, JsonObject content) {
        return either(
                room,
                () -> submit(room, user, content, "knock"),
                () -> peers.knocking().knock(room, user, via, content));
    }

    Uni<Void> leave(RoomId room, UserId user, JsonObject content) {
        return either(
                room,
                () -> submit(room, user, content, "leave").replaceWithVoid(),
                () ->
                        peers.leaving()
                                .leave(room, user, content)
                                .invoke(position -> onMembership.accept(user, position))
                                .replaceWithVoid());
    }

    private <T> Uni<T> either(RoomId room, Supplier<Uni<T>> here, Supplier<Uni<T>> elsewhere) {
        return timeline.localMembers(room, server.name())
                .chain(members -> members.isEmpty() ? elsewhere.get() : here.get());
    }

    private Uni<EventId> submit(RoomId room, UserId user, JsonObject content, String membership) {
        var draft = draft(room, user, user, content, membership);
        return own.submit(draft);
    }

    private static EventDraft draft(
            RoomId room, UserId sender, UserId target, JsonObject content, String membership) {
        return EventDraft.state(
                room,
                sender,
                "m.room.member",
                target.value(),
                content.with("membership", new JsonString(membership)));
    }
}
