package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.it.peer.MatrixClient;

/// How people get into a room, and out of it.
final class MembershipDeeds {

    private static final String TOKEN = "token of the invitation";
    private static final String ADDRESS = "ben@example.org";

    private MembershipDeeds() {}

    /// One invite is refused, one taken back, and one accepted; then the guest invites somebody.
    static void invite(Meeting meeting) {
        var room = meeting.privateRoom();
        var host = meeting.host();
        var guest = meeting.guest();
        host.invite(room, guest.userId());
        Meeting.untilInvited(guest, room);
        guest.leave(room);
        Meeting.untilMembership(host, room, guest, "leave");
        refused(guest, room, meeting.hostServer());

        host.invite(room, guest.userId());
        Meeting.untilMembership(host, room, guest, "invite");
        host.moderate(room, "kick", guest.userId()).expect(200);
        refused(guest, room, meeting.hostServer());

        host.invite(room, guest.userId());
        meeting.join(guest, room);
        guest.invite(room, meeting.neighbour().userId());
        Meeting.untilMembership(host, room, meeting.neighbour(), "invite");
        meeting.neighbour().join(room);
        Meeting.untilMembership(guest, room, meeting.neighbour(), "join");
        // Now the invited one's own server is in the room.
        host.invite(room, meeting.companion().userId());
        Meeting.untilMembership(guest, room, meeting.companion(), "invite");
        meeting.join(meeting.companion(), room);
        meeting.agree(room);
    }

    private static void refused(MatrixClient user, String room, String via) {
        assertThat(user.tryJoin(room, via).status()).isEqualTo(403);
    }

    /// The guest is kicked and comes back, is banned and kept out, and is let in again.
    static void moderation(Meeting meeting) {
        var room = meeting.publicRoom();
        var host = meeting.host();
        var guest = meeting.guest();
        host.moderate(room, "kick", guest.userId()).expect(200);
        Meeting.until("the kick", () -> mayNotSpeak(guest, room));
        meeting.join(guest, room);
        var between = guest.say(room, "here again");
        meeting.untilShown(room, between);

        host.moderate(room, "ban", guest.userId()).expect(200);
        Meeting.until("the ban", () -> mayNotSpeak(guest, room));
        refused(guest, room, meeting.hostServer());
        assertThat(host.membership(room, guest.userId())).contains("ban");
        host.moderate(room, "unban", guest.userId()).expect(200);
        meeting.join(guest, room);

        // And the other way round: the guest moderates people of the host's server.
        meeting.empower(room, guest, Meeting.MODERATOR);
        meeting.neighbour().join(room);
        Meeting.untilMembership(guest, room, meeting.neighbour(), "join");
        guest.moderate(room, "ban", meeting.neighbour().userId()).expect(200);
        Meeting.untilMembership(host, room, meeting.neighbour(), "ban");
        refused(meeting.neighbour(), room, meeting.hostServer());
        guest.moderate(room, "unban", meeting.neighbour().userId()).expect(200);
        Meeting.untilMembership(host, room, meeting.neighbour(), "leave");
        meeting.agree(room, between);
    }

    private static boolean mayNotSpeak(MatrixClient user, String room) {
        return user.trySay(room, "anybody?", "x" + System.nanoTime()).status() == 403;
    }

    /// One knock is turned down, and one answered.
    static void knock(Meeting meeting) {
        var room = meeting.guardedRoom(joinRules("knock", List.of()));
        var guest = meeting.guest();
        refused(guest, room, meeting.hostServer());
        knock(meeting, guest, room);
        meeting.host().moderate(room, "kick", guest.userId()).expect(200);
        refused(guest, room, meeting.hostServer());

        knockAndEnter(meeting, guest, room);
        meeting.agree(room);
    }

    /// Who knocked doesn't want to come in any more, and then does.
    static void retraction(Meeting meeting) {
        var room = meeting.guardedRoom(joinRules("knock", List.of()));
        knock(meeting, meeting.guest(), room);
        meeting.guest().leave(room);
        Meeting.untilMembership(meeting.host(), room, meeting.guest(), "leave");
        knockAndEnter(meeting, meeting.guest(), room);
        meeting.agree(room);
    }

    private static void knock(Meeting meeting, MatrixClient user, String room) {
        user.knock(room, meeting.hostServer()).expect(200);
        Meeting.untilMembership(meeting.host(), room, user, "knock");
    }

    private static void knockAndEnter(Meeting meeting, MatrixClient user, String room) {
        knock(meeting, user, room);
        meeting.host().invite(room, user.userId());
        Meeting.untilInvited(user, room);
        meeting.join(user, room);
    }

    /// Members of one room may join another, also when only the host's server can vouch for them.
    static void restricted(Meeting meeting) {
        var club = meeting.publicRoom();
        var room = meeting.guardedRoom(joinRules("restricted", List.of(club)));
        refused(meeting.companion(), room, meeting.hostServer());
        meeting.join(meeting.guest(), room);
        // Now the companion's own server is in the room, but nobody there may invite.
        refused(meeting.companion(), room, meeting.hostServer());
        meeting.join(meeting.companion(), club);
        meeting.join(meeting.companion(), room);
        // And where somebody there may.
        meeting.empower(room, meeting.guest(), Meeting.MODERATOR);
        meeting.companion().leave(room);
        Meeting.untilMembership(meeting.host(), room, meeting.companion(), "leave");
        meeting.join(meeting.companion(), room);
        meeting.agree(room);
        meeting.agree(club);
    }

    /// Members of another room may join, and all others knock.
    static void knockRestricted(Meeting meeting) {
        var club = meeting.publicRoom();
        var room = meeting.guardedRoom(joinRules("knock_restricted", List.of(club)));
        meeting.join(meeting.guest(), room);
        refused(meeting.companion(), room, meeting.hostServer());
        knockAndEnter(meeting, meeting.companion(), room);
        meeting.agree(room);
    }

    /// The host invites an e-mail address, which turns out to be the guest's.
    static void thirdParty(Meeting meeting) {
        var room = meeting.privateRoom();
        var identity = new IdentityServer();
        var invitation =
                meeting.host()
                        .setState(room, "m.room.third_party_invite", TOKEN, identity.invitation());
        var guest = meeting.guest();
        refuses(meeting, room, identity.proof("another token", guest.userId()));
        refuses(meeting, room, new IdentityServer().proof(TOKEN, guest.userId()));
        bind(meeting, room, identity.proof(TOKEN, guest.userId()));
        Meeting.untilInvited(guest, room);
        meeting.join(guest, room);
        meeting.agree(room, invitation);
    }

    /// The identity server tells the guest's server whose the address is, and that completes the
    /// invitation through the host's.
    private static void bind(Meeting meeting, String room, JsonObject proof) {
        var guest = meeting.guest().userId();
        var address = JsonObject.builder().put("medium", "email").put("address", ADDRESS).build();
        var invite =
                address.with("mxid", new JsonString(guest))
                        .with("room_id", new JsonString(room))
                        .with("sender", new JsonString(meeting.host().userId()))
                        .with("signed", proof);
        var body =
                address.with("mxid", new JsonString(guest))
                        .with("invites", JsonArray.of(List.of(invite)));
        var answer =
                meeting.envoy()
                        .send(
                                meeting.guestServer(),
                                "POST",
                                "/_matrix/federation/v1/3pid/onbind",
                                body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /// The host's server completes no invitation on a proof that is none, even when asked by the
    /// guest's.
    private static void refuses(Meeting meeting, String room, JsonObject proof) {
        var content =
                JsonObject.builder()
                        .put("membership", "invite")
                        .put(
                                "third_party_invite",
                                JsonObject.builder()
                                        .put("display_name", "b…@example.org")
                                        .put("signed", proof)
                                        .build())
                        .build();
        var invite =
                JsonObject.builder()
                        .put("type", "m.room.member")
                        .put("room_id", room)
                        .put("sender", meeting.host().userId())
                        .put("state_key", meeting.guest().userId())
                        .put("content", content)
                        .build();
        var target =
                "/_matrix/federation/v1/exchange_third_party_invite/" + MatrixClient.encode(room);
        var answer = meeting.envoy().send(meeting.hostServer(), "PUT", target, invite);
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    }

    private static JsonObject joinRules(String rule, List<String> rooms) {
        var allow =
                rooms.stream()
                        .map(
                                room ->
                                        JsonObject.builder()
                                                .put("type", "m.room_membership")
                                                .put("room_id", room)
                                                .build())
                        .toList();
        var rules = JsonObject.builder().put("join_rule", rule);
        return rooms.isEmpty() ? rules.build() : rules.put("allow", JsonArray.of(allow)).build();
    }
}
