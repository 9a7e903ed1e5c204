package org.stratafed.server.engine.pdu.handshake;

import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// What a membership event of a handshake has to be, whoever made it. Each check answers what is
/// wrong, if anything is.
final class MembershipChecks {

    private MembershipChecks() {}

    /// A template that a resident server proposed to us.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">
    ///     Joining rooms</a>
    static Optional<String> template(
            JsonObject event, RoomId room, UserId user, String membership) {
        if (!event.string("room_id").equals(Optional.of(room.value()))) {
            return Optional.of("it is for another room");
        }
        if (!event.string("type").equals(Optional.of("m.room.member"))) {
            return Optional.of("it is no membership event");
        }
        if (!event.string("sender").equals(Optional.of(user.value()))
                || !event.string("state_key").equals(Optional.of(user.value()))) {
            return Optional.of("it is of another user");
        }
        if (!membershipOf(event.object("content")).equals(Optional.of(membership))) {
            return Optional.of("it is no " + membership);
        }
        return Optional.empty();
    }

    /// Fails with [RemoteFailure.Garbled] where a template isn't what it has to be.
    ///
    /// @param peer who proposed it
    static void mustBeTemplate(
            ServerName peer, JsonObject event, RoomId room, UserId user, String membership) {
        template(event, room, user, membership)
                .ifPresent(
                        wrong -> {
                            throw new RemoteFailure.Garbled(
                                    peer
                                            + " proposed a "
                                            + membership
                                            + " that is wrong: "
                                            + wrong);
                        });
    }

    /// A membership that another server made of its own user and hands to us.
    static Optional<String> handedIn(
            Pdu pdu, SignedMembership claimed, ServerName origin, String membership) {
        return of(pdu, claimed.room(), membership)
                .or(
                        () ->
                                pdu.id().equals(claimed.event())
                                        ? Optional.empty()
                                        : Optional.of("its id is " + pdu.id()))
                .or(
                        () ->
                                pdu.sender().server().equals(origin)
                                        ? Optional.empty()
                                        : Optional.of("its sender is no user of " + origin))
                .or(
                        () ->
                                pdu.stateKey().equals(Optional.of(pdu.sender().value()))
                                        ? Optional.empty()
                                        : Optional.of("its state key is not its sender"));
    }

    /// An invite of one of our users.
    static Optional<String> invite(Pdu pdu, RoomId room, ServerName origin, ServerName local) {
        return of(pdu, room, "invite")
                .or(
                        () ->
                                pdu.sender().server().equals(origin)
                                        ? Optional.empty()
                                        : Optional.of("its sender is no user of " + origin))
                .or(
                        () ->
                                target(pdu).map(UserId::server).equals(Optional.of(local))
                                        ? Optional.empty()
                                        : Optional.of("it invites no user of " + local));
    }

    static Optional<UserId> target(Pdu pdu) {
        return pdu.stateKey().flatMap(UserId::parse);
    }

    private static Optional<String> of(Pdu pdu, RoomId room, String membership) {
        if (!pdu.type().equals("m.room.member")) {
            return Optional.of("it is no membership event");
        }
        if (!pdu.roomId().equals(room)) {
            return Optional.of("it is for another room");
        }
        return membershipOf(Optional.of(pdu.content())).equals(Optional.of(membership))
                ? Optional.empty()
                : Optional.of("it is no " + membership);
    }

    private static Optional<String> membershipOf(Optional<JsonObject> content) {
        return content.flatMap(c -> c.string("membership"));
    }
}
