package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.client.ClientUser.at;
import static org.stratafed.server.client.ClientUser.encoded;
import static org.stratafed.server.client.ClientUser.room;
import static org.stratafed.server.client.ClientUser.said;
import static org.stratafed.server.client.ClientUser.timeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonObject;

/// Reading rooms, seen through the client API.
class ClientReadingTest {

    private static final List<String> WORDS =
            IntStream.rangeClosed(1, 23).mapToObj(i -> "m" + i).toList();

    @TempDir Path folder;

    private ClientWorld world;
    private ClientUser alice;
    private ClientUser bob;
    private String room;

    @BeforeEach
    void start() {
        world = new ClientWorld(folder, true);
        alice = ClientUser.registered(world, "alice");
        bob = ClientUser.registered(world, "bob");
        room = alice.createRoom("{\"preset\": \"public_chat\"}");
        bob.join(room);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "f"})
    void pagesInEitherDirectionShowEverythingOnceAndInOrder(String direction) {
        WORDS.forEach(word -> alice.say(room, word));

        var pages = new ArrayList<String>();
        String from = "";
        for (int i = 0; i < 20 && from != null; i++) {
            JsonObject page = page("dir=" + direction + "&limit=5" + from);
            assertThat(page.array("chunk").orElseThrow().items()).hasSizeLessThanOrEqualTo(5);
            pages.addAll(said(page, "chunk"));
            from = page.string("end").map(end -> "&from=" + encoded(end)).orElse(null);
        }

        assertThat(from).as("there is an end").isNull();
        assertThat(pages).isEqualTo(direction.equals("b") ? WORDS.reversed() : WORDS);
    }

    @Test
    void aPageEndsWhereItIsToldTo() {
        WORDS.forEach(word -> alice.say(room, word));
        String to = page("dir=b&limit=10").string("end").orElseThrow();

        JsonObject page = page("dir=b&limit=100&to=" + encoded(to));

        assertThat(said(page, "chunk")).isEqualTo(WORDS.reversed().subList(0, 10));
    }

    @Test
    void aSyncThatDoesNotShowAllSaysSoAndWhereToPageOn() {
        String since = nextBatch(bob.get("/sync"));
        WORDS.forEach(word -> alice.say(room, word));

        JsonObject sync = bob.get("/sync?since=" + since + "&filter=" + timelineOf(5));

        JsonObject timeline = timeline(sync, "join", room);
        assertThat(timeline.bool("limited")).contains(true);
        assertThat(said(timeline, "events")).isEqualTo(WORDS.subList(18, 23));
        String prev = encoded(timeline.string("prev_batch").orElseThrow());
        assertThat(said(page("dir=b&limit=100&from=" + prev), "chunk"))
                .isEqualTo(WORDS.subList(0, 18).reversed());
        assertThat(said(page("dir=b&limit=100&from=" + prev + "&to=" + since), "chunk"))
                .isEqualTo(WORDS.subList(0, 18).reversed());
    }

    @Test
    void aSyncThatShowsAllIsNotLimited() {
        String since = nextBatch(bob.get("/sync"));
        alice.say(room, "m1");

        JsonObject timeline = timeline(bob.get("/sync?since=" + since), "join", room);

        assertThat(timeline.bool("limited")).contains(false);
        assertThat(said(timeline, "events")).containsExactly("m1");
    }

    @Test
    void anEventIsShownWithAsManyAroundItAsAskedForAndPagesGoOnFromThere() {
        List<String> ids = WORDS.stream().map(word -> alice.say(room, word)).toList();
        String event = encoded(ids.get(10));

        JsonObject context = bob.get(at(room, "/context/" + event + "?limit=6"));

        assertThat(context.object("event").orElseThrow().string("event_id")).contains(ids.get(10));
        assertThat(said(context, "events_before")).containsExactly("m10", "m9", "m8");
        assertThat(said(context, "events_after")).containsExactly("m12", "m13", "m14");
        assertThat(context.array("state").orElseThrow().toString()).contains("m.room.create");
        String start = encoded(context.string("start").orElseThrow());
        String end = encoded(context.string("end").orElseThrow());
        assertThat(said(page("dir=b&limit=2&from=" + start), "chunk")).containsExactly("m7", "m6");
        assertThat(said(page("dir=f&limit=2&from=" + end), "chunk")).containsExactly("m15", "m16");
    }

    @Test
    void onlyTheDeviceThatSentAnEventIsToldItsTransaction() {
        ClientUser elsewhere = alice.elsewhere();
        String event = encoded(alice.say(room, "t1"));

        JsonObject here = timeline(alice.get("/sync"), "join", room);
        JsonObject there = timeline(elsewhere.get("/sync"), "join", room);

        assertThat(here.toString()).contains("\"transaction_id\":\"t1\"");
        assertThat(said(there, "events")).containsExactly("t1");
        assertThat(there.toString()).doesNotContain("transaction_id");
        assertThat(elsewhere.get(at(room, "/event/" + event)).toString())
                .doesNotContain("transaction_id");
        assertThat(elsewhere.say(room, "t1"))
                .as("another device's transaction")
                .isNotEqualTo(event);
    }

    @Test
    void membersAreListedByMembershipAndAsOfThen() {
        String then = nextBatch(bob.get("/sync"));
        bob.post(at(room, "/leave"), "");

        assertThat(members("")).containsExactlyInAnyOrder(alice.id(), bob.id());
        assertThat(members("?membership=join")).containsExactly(alice.id());
        assertThat(members("?not_membership=join")).containsExactly(bob.id());
        assertThat(members("?membership=join&at=" + then))
                .containsExactlyInAnyOrder(alice.id(), bob.id());
    }

    @Test
    void aFilterChoosesWhatIsShownOfAPage() {
        alice.say(room, "m1");
        alice.put(at(room, "/state/m.room.topic"), "{\"topic\": \"t\"}");
        bob.say(room, "m2");

        String topics = encoded("{\"types\": [\"m.room.t*\"]}");
        String bobs = encoded("{\"senders\": [\"" + bob.id() + "\"], \"types\": [\"*.message\"]}");

        assertThat(page("dir=b&filter=" + topics).array("chunk").orElseThrow().objects())
                .singleElement()
                .satisfies(it -> assertThat(it.string("type")).contains("m.room.topic"));
        assertThat(said(page("dir=b&filter=" + bobs), "chunk")).containsExactly("m2");
    }

    @Test
    void aSyncOfTheWholeStateHasItThoughNothingHappened() {
        String since = nextBatch(bob.get("/sync"));

        JsonObject quiet = bob.get("/sync?since=" + since);
        JsonObject whole = bob.get("/sync?full_state=true&since=" + since);

        assertThat(room(quiet, "join", room).isEmpty()).isTrue();
        assertThat(room(whole, "join", room).object("state").orElseThrow().toString())
                .contains("m.room.create", "m.room.power_levels");
    }

    @Test
    void whatIsAskedInAWrongWayIsRefused() {
        assertThat(bob.refused(at(room, "/messages"))).isEqualTo("400 M_MISSING_PARAM");
        assertThat(bob.refused(at(room, "/messages?dir=x"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused(at(room, "/messages?dir=b&from=x")))
                .isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused(at(room, "/messages?dir=b&filter=%7B"))).isEqualTo("400 M_NOT_JSON");
        assertThat(bob.refused(at(room, "/event/nonsense"))).isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused(at(room, "/event/$nothing"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(bob.refused(at(room, "/state/m.room.nothing"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(bob.refused("/sync?since=x")).isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused("/sync?filter=77")).isEqualTo("404 M_NOT_FOUND");
    }

    private JsonObject page(String query) {
        return bob.get(at(room, "/messages?" + query));
    }

    private List<String> members(String query) {
        return alice
                .get(at(room, "/members" + query))
                .array("chunk")
                .orElseThrow()
                .objects()
                .stream()
                .map(it -> it.string("state_key").orElseThrow())
                .toList();
    }

    private static String timelineOf(int limit) {
        return encoded("{\"room\":{\"timeline\":{\"limit\":" + limit + "}}}");
    }

    private static String nextBatch(JsonObject sync) {
        return encoded(sync.string("next_batch").orElseThrow());
    }
}
