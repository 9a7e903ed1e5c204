package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// Rooms, seen through the client API.
class ClientApiTest {

    @TempDir Path folder;

    private ClientWorld world;
    private String alice;
    private String bob;

    @BeforeEach
    void start() {
        world = new ClientWorld(folder, true);
        alice = world.register("alice");
        bob = world.register("bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatIsSaidInARoomIsSeenByTheOtherInSyncAndInHistory() {
        String room = room("{\"preset\": \"public_chat\", \"name\": \"Lobby\"}");
        world.ok(bob, "POST", "/join/" + encoded(room), "{}");
        JsonObject first = world.ok(bob, "GET", "/sync", "");
        String event =
                world.ok(
                                alice,
                                "PUT",
                                "/rooms/" + encoded(room) + "/send/m.room.message/t1",
                                "{\"msgtype\": \"m.text\", \"body\": \"hello\"}")
                        .string("event_id")
                        .orElseThrow();

        JsonObject second =
                world.ok(bob, "GET", "/sync?timeout=5000&since=" + nextBatch(first), "");
        JsonObject page =
                world.ok(bob, "GET", "/rooms/" + encoded(room) + "/messages?dir=b&limit=1", "");

        JsonObject seen = timeline(second, room).getFirst();
        assertThat(seen.string("event_id")).contains(event);
        assertThat(seen.has("room_id")).isFalse();
        assertThat(seen.object("content").orElseThrow().string("body")).contains("hello");
        assertThat(seen.object("unsigned").orElseThrow().has("transaction_id")).isFalse();
        JsonObject inHistory = chunk(page).getFirst();
        assertThat(inHistory.string("event_id")).contains(event);
        assertThat(inHistory.string("room_id")).contains(room);
    }

    @Test
    void theSameTransactionOfADeviceSendsOnce() {
        String room = room("{}");
        String target = "/rooms/" + encoded(room) + "/send/m.room.message/t1";

        JsonObject first = world.ok(alice, "PUT", target, "{\"body\": \"a\"}");
        JsonObject again = world.ok(alice, "PUT", target, "{\"body\": \"a\"}");
        JsonObject other = world.ok(alice, "PUT", target.replace("t1", "t2"), "{\"body\": \"a\"}");

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        JsonObject sync = world.ok(alice, "GET", "/sync", "");
        assertThat(timeline(sync, room).getLast().object("unsigned").orElseThrow())
                .satisfies(it -> assertThat(it.string("transaction_id")).contains("t2"));
    }

    @Test
    void stateKeysAreWhatWasEncodedAndMayBeEmpty() {
        String room = room("{}");
        String state = "/rooms/" + encoded(room) + "/state/";
        for (String key : List.of("a/b", "100%", "%2F", "#a+b c", "..", "é;x=1")) {
            world.ok(alice, "PUT", state + "x.y/" + encoded(key), "{\"key\": 1}");
            JsonObject event =
                    world.ok(alice, "GET", state + "x.y/" + encoded(key) + "?format=event", "");
            assertThat(event.string("state_key")).contains(key);
        }
        world.ok(alice, "PUT", state + "m.room.topic/", "{\"topic\": \"one\"}");
        assertThat(world.ok(alice, "GET", state + "m.room.topic", "").string("topic"))
                .contains("one");
        world.ok(alice, "PUT", state + "m.room.topic", "{\"topic\": \"two\"}");
        assertThat(world.ok(alice, "GET", state + "m.room.topic/", "").string("topic"))
                .contains("two");
    }

    @Test
    void anInviteIsSeenAndTakenAndAKickEndsIt() {
        String room = room("{\"invite\": [\"@bob:" + world.serverName() + "\"]}");

        JsonObject invited = world.ok(bob, "GET", "/sync", "");
        world.ok(bob, "POST", "/rooms/" + encoded(room) + "/join", "");
        JsonObject joined = world.ok(bob, "GET", "/joined_rooms", "");
        world.ok(
                alice,
                "POST",
                "/rooms/" + encoded(room) + "/kick",
                "{\"user_id\": \"@bob:" + world.serverName() + "\", \"reason\": \"late\"}");
        JsonObject left = world.ok(bob, "GET", "/joined_rooms", "");

        assertThat(rooms(invited, "invite").keys()).containsExactly(room);
        assertThat(joined.toString()).isEqualTo("{\"joined_rooms\":[\"" + room + "\"]}");
        assertThat(left.toString()).isEqualTo("{\"joined_rooms\":[]}");
    }

    @Test
    void aRedactedMessageSaysByWhatItWas() {
        String room = room("{}");
        String base = "/rooms/" + encoded(room);
        String event =
                world.ok(alice, "PUT", base + "/send/m.room.message/1", "{\"body\": \"oops\"}")
                        .string("event_id")
                        .orElseThrow();
        world.ok(alice, "PUT", base + "/redact/" + encoded(event) + "/2", "{\"reason\": \"r\"}");

        JsonObject redacted = world.ok(alice, "GET", base + "/event/" + encoded(event), "");

        assertThat(redacted.object("content").orElseThrow().isEmpty()).isTrue();
        assertThat(
                        redacted.object("unsigned")
                                .flatMap(it -> it.object("redacted_because"))
                                .flatMap(it -> it.string("redacts")))
                .contains(event);
    }

    @Test
    void membersProfilesAndAliasesAreFound() {
        String self = "@alice:" + world.serverName();
        world.ok(
                alice,
                "PUT",
                "/profile/" + encoded(self) + "/displayname",
                "{\"displayname\": \"Alice\"}");
        String room = room("{\"room_alias_name\": \"a/b\"}");
        String alias = "#a/b:" + world.serverName();

        assertThat(world.ok("", "GET", "/profile/" + encoded(self), "").string("displayname"))
                .contains("Alice");
        assertThat(world.ok("", "GET", "/directory/room/" + encoded(alias), "").string("room_id"))
                .contains(room);
        assertThat(
                        world.ok(alice, "GET", "/rooms/" + encoded(room) + "/joined_members", "")
                                .object("joined")
                                .flatMap(it -> it.object(self))
                                .flatMap(it -> it.string("display_name")))
                .contains("Alice");
        assertThat(chunk(world.ok(alice, "GET", "/rooms/" + encoded(room) + "/members", "")))
                .hasSize(1);
    }

    @Test
    void accountDataComeWithTheNextSyncAndOnce() {
        String self = encoded("@alice:" + world.serverName());
        String room = room("{}");
        JsonObject before = world.ok(alice, "GET", "/sync", "");
        world.ok(alice, "PUT", "/user/" + self + "/account_data/m.direct", "{\"@b:x\": []}");
        world.ok(
                alice,
                "PUT",
                "/user/" + self + "/rooms/" + encoded(room) + "/account_data/m.tag",
                "{\"tags\": {}}");

        JsonObject after = world.ok(alice, "GET", "/sync?since=" + nextBatch(before), "");
        JsonObject later = world.ok(alice, "GET", "/sync?since=" + nextBatch(after), "");

        assertThat(after.object("account_data").orElseThrow().toString())
                .isEqualTo("{\"events\":[{\"type\":\"m.direct\",\"content\":{\"@b:x\":[]}}]}");
        assertThat(
                        rooms(after, "join")
                                .object(room)
                                .flatMap(it -> it.object("account_data"))
                                .orElseThrow()
                                .toString())
                .contains("m.tag");
        assertThat(later.object("account_data").orElseThrow().toString())
                .isEqualTo("{\"events\":[]}");
        assertThat(rooms(later, "join").isEmpty()).isTrue();
    }

    @Test
    void aKeptFilterIsUsedByItsName() {
        String self = encoded("@alice:" + world.serverName());
        String room = room("{}");
        String filter = "{\"room\":{\"timeline\":{\"types\":[\"m.room.name\"]}}}";
        String id =
                world.ok(alice, "POST", "/user/" + self + "/filter", filter)
                        .string("filter_id")
                        .orElseThrow();
        world.ok(
                alice, "PUT", "/rooms/" + encoded(room) + "/state/m.room.name", "{\"name\":\"n\"}");
        world.ok(alice, "PUT", "/rooms/" + encoded(room) + "/send/m.room.message/1", "{}");

        JsonObject byName = world.ok(alice, "GET", "/sync?filter=" + id, "");
        JsonObject inline = world.ok(alice, "GET", "/sync?filter=" + encoded(filter), "");

        assertThat(timeline(byName, room))
                .allSatisfy(it -> assertThat(it.string("type")).contains("m.room.name"))
                .isNotEmpty();
        assertThat(timeline(inline, room)).hasSameSizeAs(timeline(byName, room));
    }

    @Test
    void anUnknownRoomVersionIsUnsupported() {
        var answer = world.ask(alice, "POST", "/createRoom", "{\"room_version\": \"99\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(((JsonObject) answer.body()).string("errcode"))
                .contains("M_UNSUPPORTED_ROOM_VERSION");
    }

    private String room(String request) {
        return world.ok(alice, "POST", "/createRoom", request).string("room_id").orElseThrow();
    }

    private static String nextBatch(JsonObject sync) {
        return encoded(sync.string("next_batch").orElseThrow());
    }

    private static List<JsonObject> timeline(JsonObject sync, String room) {
        return rooms(sync, "join")
                .object(room)
                .flatMap(it -> it.object("timeline"))
                .flatMap(it -> it.array("events"))
                .map(JsonArray::objects)
                .orElseThrow();
    }

    private static JsonObject rooms(JsonObject sync, String membership) {
        return sync.object("rooms").flatMap(it -> it.object(membership)).orElseThrow();
    }

    private static List<JsonObject> chunk(JsonObject page) {
        return page.array("chunk").orElseThrow().objects();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
