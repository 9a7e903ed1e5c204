package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.peer.MatrixClient;

/// What is done in a room by people who are in it.
final class RoomDeeds {

    private RoomDeeds() {}

    /// Joins, speaks, leaves and comes back.
    static void join(Meeting meeting) {
        var room = meeting.publicRoom();
        var first = meeting.host().say(room, "welcome");
        var second = meeting.guest().say(room, "thank you");
        meeting.untilShown(room, first, second);
        meeting.guest().leave(room);
        Meeting.untilMembership(meeting.host(), room, meeting.guest(), "leave");
        var missed = meeting.host().say(room, "gone");
        meeting.join(meeting.guest(), room);
        meeting.agree(room, first, second, missed);
    }

    /// State is changed by who may, from both servers, and by nobody else.
    static void state(Meeting meeting) {
        var room = meeting.publicRoom();
        var host = meeting.host();
        var guest = meeting.guest();
        var name = host.setState(room, "m.room.name", "", name("by the host"));
        meeting.untilShown(room, name);
        assertThat(guest.trySetState(room, "m.room.name", name("forbidden")).status())
                .isEqualTo(403);
        meeting.empower(room, guest, Meeting.MODERATOR);
        var topic = guest.setState(room, "m.room.topic", "", Meeting.topic("by the guest"));
        meeting.untilShown(room, topic);
        // Somebody who is made a moderator may not go beyond.
        var levels = guest.state(room, "m.room.power_levels", "").expect(200).body();
        assertThat(
                        guest.trySetState(
                                        room,
                                        "m.room.power_levels",
                                        levels.with("users_default", JsonNumber.of(99)))
                                .status())
                .isEqualTo(403);
        meeting.empower(room, guest, 0);
        assertThat(guest.trySetState(room, "m.room.topic", Meeting.topic("too late")).status())
                .isEqualTo(403);
        meeting.agree(room, name, topic);
    }

    private static JsonObject name(String text) {
        return JsonObject.builder().put("name", text).build();
    }

    /// Everybody takes back what they said, and a moderator what another did.
    static void redaction(Meeting meeting) {
        var room = meeting.publicRoom();
        var host = meeting.host();
        var guest = meeting.guest();
        meeting.empower(room, guest, Meeting.MODERATOR);
        var ofHost = host.say(room, "regretted");
        var ofGuest = guest.say(room, "regretted as well");
        var rude = guest.say(room, "rude");
        var topic = host.setState(room, "m.room.topic", "", Meeting.topic("silly"));
        meeting.untilShown(room, ofHost, ofGuest, rude, topic);
        var redactions =
                List.of(
                        redact(meeting, host, room, ofHost),
                        redact(meeting, guest, room, ofGuest),
                        redact(meeting, host, room, rude),
                        redact(meeting, guest, room, topic));
        assertThat(guest.state(room, "m.room.topic", "").expect(200).body())
                .isEqualTo(JsonObject.empty());
        meeting.agree(room, redactions.toArray(String[]::new));
    }

    private static String redact(
            Meeting meeting, MatrixClient redactor, String room, String eventId) {
        var redaction = redactor.redact(room, eventId);
        for (var user : List.of(meeting.host(), meeting.guest())) {
            Meeting.until(
                    "the redaction of " + eventId + " at " + user.userId(),
                    () -> redactedBy(user, room, eventId).equals(redaction));
            assertThat(Federation.event(user, room, eventId).object("content"))
                    .contains(JsonObject.empty());
        }
        return redaction;
    }

    private static String redactedBy(MatrixClient user, String room, String eventId) {
        return Federation.event(user, room, eventId)
                .object("unsigned")
                .flatMap(unsigned -> unsigned.object("redacted_because"))
                .flatMap(because -> because.string("event_id"))
                .orElse("");
    }

    /// The host closes the room and names the one that follows, where the guest goes too.
    static void upgrade(Meeting meeting) {
        var room = meeting.publicRoom();
        var last = meeting.host().say(room, "let us move");
        var next =
                meeting.createRoom(
                        "public_chat",
                        JsonObject.builder()
                                .put(
                                        "creation_content",
                                        JsonObject.builder()
                                                .put("predecessor", predecessor(room, last))
                                                .build())
                                .build());
        var tombstone =
                meeting.host()
                        .setState(
                                room,
                                "m.room.tombstone",
                                "",
                                JsonObject.builder()
                                        .put("body", "moved")
                                        .put("replacement_room", next)
                                        .build());
        meeting.untilShown(room, last, tombstone);
        var told = meeting.guest().state(room, "m.room.tombstone", "").expect(200);
        meeting.join(meeting.guest(), told.string("replacement_room"));
        assertThat(
                        meeting.guest()
                                .state(next, "m.room.create", "")
                                .expect(200)
                                .body()
                                .object("predecessor"))
                .contains(predecessor(room, last));
        meeting.agree(next);
        meeting.agree(room, last, tombstone);
    }

    /// The host keeps the guest's server out for a while.
    static void acl(Meeting meeting) {
        var room = meeting.publicRoom();
        var elsewhere = meeting.publicRoom();
        var denying = setAcl(meeting, room, meeting.guestServer());
        meeting.untilShown(room, denying);
        var unheard = meeting.guest().say(room, "can you hear me?");
        // Sent after it, on the same way.
        meeting.untilShown(elsewhere, meeting.guest().say(elsewhere, "and here?"));
        assertThat(meeting.host().shows(room, unheard)).isFalse();
        var meanwhile = meeting.host().say(room, "quiet here");
        meeting.untilShown(room, meanwhile);
        var allowing = setAcl(meeting, room, "nobody.invalid");
        meeting.untilShown(room, allowing);
        meeting.agree(room, denying, meanwhile, allowing);
    }

    private static String setAcl(Meeting meeting, String room, String denied) {
        var withoutPort = denied.replaceAll(":[0-9]+$", "");
        return meeting.host()
                .setState(
                        room,
                        "m.room.server_acl",
                        "",
                        JsonObject.builder()
                                .put("allow", JsonArray.ofStrings(List.of("*")))
                                .put("deny", JsonArray.ofStrings(List.of(withoutPort)))
                                .build());
    }

    private static JsonObject predecessor(String room, String event) {
        return JsonObject.builder().put("room_id", room).put("event_id", event).build();
    }
}
