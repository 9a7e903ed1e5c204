package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// What other servers in a room are told when they ask for its events and states.
///
/// Alice of alpha made the room, Bob of beta joined it, and Alice said 1 to 5, with a new topic
/// before 3 and another one after 5.
class AnsweringTest {

    private static final UserId ALICE = new UserId("@alice:alpha");
    private static final UserId BOB = new UserId("@bob:beta");
    private static final ServerName BETA = BOB.server();

    @TempDir private Path directory;

    private final Map<ServerName, Neighbour> street = new LinkedHashMap<>();
    private final List<EventId> said = new ArrayList<>();
    private ExecutorService loop;
    private Neighbour alpha;
    private RoomId room;
    private EventId firstTopic;
    private EventId lastTopic;
    private RoomQueryHandler ask;

    @BeforeEach
    void open() {
        loop = Executors.newSingleThreadExecutor();
        alpha = new Neighbour("alpha", directory, loop, street);
        var beta = new Neighbour("beta", directory, loop, street);
        room = alpha.get(() -> alpha.pdu.create(plan()));
        beta.get(() -> beta.pdu.join(room, BOB, List.of(alpha.name), JsonObject.empty()));
        say("1");
        say("2");
        firstTopic = topic("first");
        say("3");
        say("4");
        say("5");
        lastTopic = topic("last");
        ask = alpha.pdu.rooms();
    }

    @AfterEach
    void close() {
        street.values().forEach(Neighbour::close);
        loop.shutdownNow();
        assertThat(alpha.defects()).isEmpty();
    }

    @Test
    void anEventIsToldAsItsServerMadeIt() {
        RawPdu told = alpha.get(() -> ask.onEvent(BETA, said.getFirst()));

        assertThat(told.json()).isEqualTo(stored(said.getFirst()).json());
        assertThat(told.json().object("signatures").orElseThrow().has("alpha")).isTrue();
        assertNotFound(() -> alpha.get(() -> ask.onEvent(BETA, unknown())));
    }

    @Test
    void theStateIsThatBeforeTheEventWithItsAuthChain() {
        StateIds told = alpha.get(() -> ask.onStateIds(BETA, inRoom(lastTopic)));

        assertThat(told.state()).contains(firstTopic).doesNotContain(lastTopic);
        assertThat(types(told.state()))
                .containsExactlyInAnyOrder(
                        "m.room.create",
                        "m.room.member @alice:alpha",
                        "m.room.member @bob:beta",
                        "m.room.power_levels",
                        "m.room.join_rules",
                        "m.room.topic");
        assertThat(told.authChain()).containsExactlyInAnyOrderElementsOf(chain(told.state()));
        assertNotFound(() -> alpha.get(() -> ask.onStateIds(BETA, inRoom(unknown()))));
    }

    @Test
    void theEventsOfTheStateAreThoseOfItsIds() {
        var ids = alpha.get(() -> ask.onStateIds(BETA, inRoom(said.get(2))));

        var told = alpha.get(() -> ask.onState(BETA, inRoom(said.get(2))));

        assertThat(told.state()).isEqualTo(raw(ids.state()));
        assertThat(told.authChain()).isEqualTo(raw(ids.authChain()));
        assertNotFound(() -> alpha.get(() -> ask.onState(BETA, inRoom(unknown()))));
    }

    @Test
    void theAuthChainGoesDownToTheCreateEventAndLeavesTheEventOut() {
        var told = alpha.get(() -> ask.onEventAuth(BETA, inRoom(said.getLast())));

        var chain = chain(List.of(said.getLast()));
        assertThat(told).containsExactlyInAnyOrderElementsOf(raw(chain));
        assertThat(types(chain))
                .containsExactlyInAnyOrder(
                        "m.room.create", "m.room.member @alice:alpha", "m.room.power_levels");
        assertNotFound(() -> alpha.get(() -> ask.onEventAuth(BETA, inRoom(unknown()))));
    }

    /// The limit counts the events asked for, too.
    @Test
    void aBackfillIsTheEventsAskedForAndWhatCameBeforeThem() {
        var told = backfill(said.getLast(), 3);

        assertThat(told).isEqualTo(raw(List.of(said.get(4), said.get(3), said.get(2))));
        assertThat(backfill(said.getFirst(), 100).getLast().json().string("type"))
                .contains("m.room.create");
        assertThat(backfill(unknown(), 3)).isEmpty();
    }

    @Test
    void missingEventsAreThoseBetweenOldestFirst() {
        var between = List.of(said.get(1), firstTopic, said.get(2), said.get(3));

        assertThat(missing(said.get(0), said.get(4), 10, 0)).isEqualTo(raw(between));
        assertThat(missing(said.get(0), said.get(4), 2, 0))
                .as("the newest, when it is too many")
                .isEqualTo(raw(between.subList(2, 4)));
        assertThat(missing(said.get(0), said.get(4), 10, stored(said.get(2)).depth()))
                .as("none less deep than that")
                .isEqualTo(raw(between.subList(2, 4)));
        assertThat(missing(said.get(3), said.get(4), 10, 0)).isEmpty();
    }

    private List<RawPdu> backfill(EventId from, int limit) {
        var request = new BackfillRequest(room, List.of(from), limit);
        return alpha.get(() -> ask.onBackfill(BETA, request));
    }

    private List<RawPdu> missing(EventId earliest, EventId latest, int limit, long minDepth) {
        var request =
                new MissingEventsRequest(room, List.of(earliest), List.of(latest), limit, minDepth);
        return alpha.get(() -> ask.onMissingEvents(BETA, request));
    }

    private static void assertNotFound(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        MatrixException.class, it -> assertThat(it.status()).isEqualTo(404));
    }

    private EventInRoom inRoom(EventId event) {
        return new EventInRoom(room, event);
    }

    private static EventId unknown() {
        return new EventId("$" + "A".repeat(43));
    }

    /// All that these events cite as their authorization, and what that cites, and so on.
    private SequencedSet<EventId> chain(Collection<EventId> events) {
        var chain = new LinkedHashSet<EventId>();
        for (var event : events) {
            for (var cited : stored(event).authEvents()) {
                if (chain.add(cited)) {
                    chain.addAll(chain(List.of(cited)));
                }
            }
        }
        return chain;
    }

    private List<String> types(Collection<EventId> events) {
        return events.stream()
                .map(this::stored)
                .map(it -> (it.type() + " " + it.stateKey().orElse("")).strip())
                .toList();
    }

    private List<RawPdu> raw(Collection<EventId> events) {
        return events.stream().map(it -> new RawPdu(stored(it).json())).toList();
    }

    private Pdu stored(EventId event) {
        return alpha.get(() -> alpha.stores().rooms().events(room, List.of(event)))
                .get(event)
                .pdu();
    }

    private void say(String text) {
        var content = JsonObject.builder().put("body", text).build();
        said.add(submit(EventDraft.message(room, ALICE, "m.room.message", content)));
    }

    private EventId topic(String topic) {
        var content = JsonObject.builder().put("topic", topic).build();
        return submit(EventDraft.state(room, ALICE, "m.room.topic", "", content));
    }

    private EventId submit(EventDraft draft) {
        return alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private static RoomPlan plan() {
        var levels =
                JsonObject.builder()
                        .put("users", JsonObject.builder().put(ALICE.value(), 100).build())
                        .build();
        return new RoomPlan(
                new RoomVersion("11"),
                Optional.of(new RoomId("!room:alpha")),
                ALICE,
                JsonObject.empty(),
                List.of(
                        new PlannedEvent(
                                "m.room.member",
                                ALICE.value(),
                                JsonObject.builder().put("membership", "join").build()),
                        new PlannedEvent("m.room.power_levels", "", levels),
                        new PlannedEvent(
                                "m.room.join_rules",
                                "",
                                JsonObject.builder().put("join_rule", "public").build())));
    }
}
