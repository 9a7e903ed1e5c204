package org.stratafed.server.engine.messaging.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

class SpaceChildrenTest {

    private static final String VIA = "\"via\":[\"example.org\"]";

    /// The specification's example.
    @Test
    void childrenComeByTheirOrderThenByTime() {
        var events =
                List.of(
                        child(
                                "!c:example.org",
                                1640841000000L,
                                "{" + VIA + ",\"order\":\"first\"}"),
                        child("!d:example.org", 1640741000000L, "{" + VIA + "}"),
                        child("!e:example.org", 1640641000000L, "{" + VIA + "}"),
                        child("!a:example.org", 1640141000000L, "{" + VIA + ",\"order\":\"aaaa\"}"),
                        child("!b:example.org", 1640341000000L, "{" + VIA + ",\"order\":\" \"}"));
        assertThat(rooms(SpaceChildren.of(events, false)))
                .containsExactly(
                        "!b:example.org",
                        "!a:example.org",
                        "!c:example.org",
                        "!e:example.org",
                        "!d:example.org");
    }

    @Test
    void equalOrdersAreOrderedByTimeAndEqualTimesByRoom() {
        var events =
                List.of(
                        child("!c:a", 2, "{" + VIA + ",\"order\":\"x\"}"),
                        child("!b:a", 1, "{" + VIA + ",\"order\":\"x\"}"),
                        child("!a:a", 2, "{" + VIA + ",\"order\":\"x\"}"));
        assertThat(rooms(SpaceChildren.of(events, false))).containsExactly("!b:a", "!a:a", "!c:a");
    }

    @Test
    void anOrderThatIsNotValidCountsAsNone() {
        var events =
                List.of(
                        child("!long:a", 1, "{" + VIA + ",\"order\":\"" + "a".repeat(51) + "\"}"),
                        child("!number:a", 2, "{" + VIA + ",\"order\":1}"),
                        child("!foreign:a", 3, "{" + VIA + ",\"order\":\"\u00e4\"}"),
                        child("!valid:a", 4, "{" + VIA + ",\"order\":\"" + "z".repeat(50) + "\"}"));
        assertThat(rooms(SpaceChildren.of(events, false)))
                .containsExactly("!valid:a", "!long:a", "!number:a", "!foreign:a");
    }

    @Test
    void aChildThatCannotBeEnteredIsNone() {
        var events =
                List.of(
                        child("!none:a", 1, "{}"),
                        child("!empty:a", 1, "{\"via\":[]}"),
                        child("!text:a", 1, "{\"via\":\"a\"}"),
                        child("!number:a", 1, "{\"via\":[1]}"),
                        child("no room", 1, "{" + VIA + "}"));
        assertThat(SpaceChildren.of(events, false)).isEmpty();
    }

    @Test
    void onlyTrueSuggestsAChild() {
        var events =
                List.of(
                        child("!yes:a", 1, "{" + VIA + ",\"suggested\":true}"),
                        child("!no:a", 1, "{" + VIA + ",\"suggested\":false}"),
                        child("!text:a", 1, "{" + VIA + ",\"suggested\":\"true\"}"));
        assertThat(rooms(SpaceChildren.of(events, true))).containsExactly("!yes:a");
    }

    private static List<String> rooms(List<Pdu> children) {
        return children.stream().map(it -> it.stateKey().orElseThrow()).toList();
    }

    private static Pdu child(String room, long time, String content) {
        var json =
                JsonObject.builder()
                        .put("type", "m.space.child")
                        .put("state_key", room)
                        .put("sender", "@alice:example.org")
                        .put(
                                "content",
                                JsonReader.readObject(content.getBytes(StandardCharsets.UTF_8)))
                        .put("origin_server_ts", JsonNumber.of(time))
                        .put("depth", 1)
                        .put("prev_events", JsonArray.empty())
                        .put("auth_events", JsonArray.empty())
                        .put("room_id", "!space:example.org")
                        .build();
        return new Pdu(
                new EventId("$" + room),
                new RoomId("!space:example.org"),
                json,
                List.of(),
                List.of(),
                Optional.empty());
    }
}
