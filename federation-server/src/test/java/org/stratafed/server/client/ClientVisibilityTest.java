package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.client.ClientUser.at;
import static org.stratafed.server.client.ClientUser.encoded;
import static org.stratafed.server.client.ClientUser.said;
import static org.stratafed.server.client.ClientUser.timeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.json.JsonObject;

/// What a user gets to see of a room by its history visibility, wherever they look.
///
/// Something is said before Bob is invited, while he is invited, while he is in the room, and after
/// he left. Carol never is in the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility">Room
///     history visibility</a>
class ClientVisibilityTest {

    private static final List<String> ALL = List.of("before", "invited", "joined", "left");

    @TempDir Path folder;

    private final Map<String, String> events = new LinkedHashMap<>();

    private ClientWorld world;
    private ClientUser alice;
    private ClientUser bob;
    private ClientUser carol;
    private String room;
    private JsonObject bobsSync;

    @BeforeEach
    void start() {
        world = new ClientWorld(folder, true);
        alice = ClientUser.registered(world, "alice");
        bob = ClientUser.registered(world, "bob");
        carol = ClientUser.registered(world, "carol");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "joined, joined",
        "invited, invited joined",
        "shared, before invited joined",
        "world_readable, before invited joined left"
    })
    void everyWayToReadShowsTheSame(String visibility, String visible) {
        live(visibility);
        var shown = List.of(visible.split(" "));
        var newestFirst = shown.reversed();

        assertThat(said(bob.get(at(room, "/messages?dir=b&limit=100")), "chunk"))
                .isEqualTo(newestFirst);
        assertThat(said(bob.get(at(room, "/messages?dir=f&limit=100")), "chunk")).isEqualTo(shown);
        for (String word : ALL) {
            String event = encoded(events.get(word));
            if (shown.contains(word)) {
                assertThat(bob.get(at(room, "/event/" + event)).toString()).contains(word);
                var context = bob.get(at(room, "/context/" + event + "?limit=100"));
                assertThat(said(context, "events_before"))
                        .isEqualTo(shown.subList(0, shown.indexOf(word)).reversed());
            } else {
                assertThat(bob.refused(at(room, "/event/" + event)))
                        .as(word)
                        .isEqualTo("404 M_NOT_FOUND");
                assertThat(bob.refused(at(room, "/context/" + event))).isEqualTo("404 M_NOT_FOUND");
            }
        }
        assertThat(said(timeline(bobsSync, "join", room), "events"))
                .isEqualTo(shown.stream().filter(it -> !it.equals("left")).toList());
    }

    /// The topic and Carol's invite come after Bob has left.
    @ParameterizedTest
    @CsvSource({"joined, then", "invited, then", "shared, then", "world_readable, now"})
    void whoLeftSeesTheStateOfThenUnlessAnybodyMaySeeTheRoom(String visibility, String seen) {
        live(visibility);
        alice.put(at(room, "/state/m.room.topic"), "{\"topic\": \"now\"}");
        alice.change("invite", room, carol);

        assertThat(bob.get(at(room, "/state/m.room.topic")).string("topic")).contains(seen);
        var answer = world.ask(bob.token(), "GET", "/rooms/" + encoded(room) + "/state", "");
        assertThat(answer.body().toString()).contains("\"topic\":\"" + seen + "\"");
        assertThat(bob.get(at(room, "/members")).toString().contains(carol.id()))
                .isEqualTo(seen.equals("now"));
        assertThat(bob.refused(at(room, "/joined_members"))).isEqualTo("403 M_FORBIDDEN");
    }

    @ParameterizedTest
    @CsvSource({"joined, false", "invited, false", "shared, false", "world_readable, true"})
    void whoNeverWasInTheRoomSeesItOnlyIfAnybodyMay(String visibility, boolean isOpen) {
        live(visibility);
        String event = encoded(events.get("joined"));

        for (String part :
                List.of("/messages?dir=b", "/state", "/state/m.room.topic", "/members")) {
            assertThat(status(carol, part)).as(part).isEqualTo(isOpen ? 200 : 403);
        }
        for (String part : List.of("/event/" + event, "/context/" + event)) {
            assertThat(status(carol, part)).as(part).isEqualTo(isOpen ? 200 : 404);
        }
        assertThat(carol.refused(at(room, "/joined_members"))).isEqualTo("403 M_FORBIDDEN");
        assertThat(carol.get("/sync").toString()).doesNotContain(room);
    }

    private int status(ClientUser user, String part) {
        return world.ask(user.token(), "GET", at(room, part), "").status();
    }

    private void live(String visibility) {
        room =
                alice.createRoom(
                        """
                        {"preset": "private_chat", "topic": "then", "initial_state": [
                          {"type": "m.room.history_visibility", "state_key": "",
                           "content": {"history_visibility": "%s"}}]}
                        """
                                .formatted(visibility));
        say("before");
        alice.change("invite", room, bob);
        say("invited");
        bob.join(room);
        say("joined");
        bobsSync = bob.get("/sync?filter=" + encoded("{\"room\":{\"timeline\":{\"limit\":100}}}"));
        bob.post(at(room, "/leave"), "");
        say("left");
    }

    private void say(String word) {
        events.put(word, alice.say(room, word));
    }
}
