package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomState;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.event.Citations;

/// Rooms that are shared by PDU layers next door to each other, over real databases and signatures.
class PduServiceTest {

    private static final UserId ALICE = new UserId("@alice:alpha");
    private static final UserId BOB = new UserId("@bob:beta");

    @TempDir private Path directory;

    private final Map<ServerName, Neighbour> street = new LinkedHashMap<>();
    private ExecutorService loop;
    private Neighbour alpha;
    private Neighbour beta;

    @BeforeEach
    void open() {
        loop = Executors.newSingleThreadExecutor();
        alpha = new Neighbour("alpha", directory, loop, street);
        beta = new Neighbour("beta", directory, loop, street);
    }

    @AfterEach
    void close() {
        assertThat(alpha.defects()).isEmpty();
        assertThat(beta.defects()).isEmpty();
        alpha.close();
        beta.close();
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void aRoomIsJoinedAndMessagesGoBothWays(String version) {
        var room = create(version, "public");
        join(room);
        alpha.push(beta);
        assertThat(state(beta, room).event("m.room.member", BOB.value())).isPresent();
        assertThat(state(beta, room)).isEqualTo(state(alpha, room));

        var hello = say(alpha, ALICE, room, "hello");
        alpha.push(beta);
        assertThat(statusAt(beta, room, hello)).isEqualTo(EventStatus.ACCEPTED);
        var back = say(beta, BOB, room, "hello back");
        beta.push(alpha);
        assertThat(statusAt(alpha, room, back)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(extremities(alpha, room)).containsExactly(back);
        assertThat(extremities(beta, room)).containsExactly(back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "12"})
    void whatGotLostIsFetchedWhenALaterEventComes(String version) {
        var room = create(version, "public");
        join(room);
        var lost = new ArrayList<EventId>();
        for (int i = 0; i < 40; i++) {
            lost.add(say(alpha, ALICE, room, "lost " + i));
        }
        alpha.push(beta, _ -> true);
        var tip = say(alpha, ALICE, room, "tip");
        alpha.push(beta);
        eventually(() -> extremities(beta, room).equals(List.of(tip)));
        assertThat(lost)
                .allSatisfy(
                        id -> assertThat(statusAt(beta, room, id)).isEqualTo(EventStatus.ACCEPTED));
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "12"})
    void anEventWhosePredecessorsNobodyHasIsPlacedAfterTheStateThatIsTold(String version) {
        var room = create(version, "public");
        join(room);
        var joined = extremities(beta, room).getFirst();
        say(alpha, ALICE, room, "lost");
        alpha.push(beta, _ -> true);
        alpha.missingEventsMax = 0;
        var tip = say(alpha, ALICE, room, "tip");
        alpha.push(beta);
        // What we have and what comes after the gap are not linked: both are where the room ends.
        eventually(() -> Set.copyOf(extremities(beta, room)).equals(Set.of(joined, tip)));
        assertThat(statusAt(beta, room, tip)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "12"})
    void historyFromBeforeAJoinIsBackfilledInOrder(String version) {
        var room = create(version, "public");
        var said = new ArrayList<EventId>();
        for (int i = 0; i < 30; i++) {
            said.add(say(alpha, ALICE, room, "before " + i));
        }
        join(room);
        int brought = 0;
        for (int i = 0; i < 20; i++) {
            brought += beta.get(() -> beta.pdu.backfill(room, 10));
        }
        assertThat(brought).isGreaterThanOrEqualTo(30);
        var page = beta.get(() -> beta.stores().timeline().page(room, Long.MAX_VALUE, true, 100));
        var theirs =
                alpha.get(() -> alpha.stores().timeline().page(room, Long.MAX_VALUE, true, 100));
        assertThat(page.stream().map(event -> event.pdu().id()))
                .containsExactlyElementsOf(theirs.stream().map(event -> event.pdu().id()).toList());
        assertThat(beta.get(() -> beta.stores().timeline().backwardExtremities(room))).isEmpty();
        assertThat(beta.get(() -> beta.pdu.backfill(room, 10))).isZero();
    }

    @Test
    void aMessageConcurrentWithTheBanOfItsSenderIsSoftFailed() {
        var room = create("12", "public");
        join(room);
        alpha.push(beta);
        submit(alpha, member(room, ALICE, BOB, "ban"));
        var defiant = say(beta, BOB, room, "anyone there?");
        beta.push(alpha);
        assertThat(statusAt(alpha, room, defiant)).isEqualTo(EventStatus.SOFT_FAILED);
        assertThat(statusAt(beta, room, defiant)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(extremities(alpha, room)).doesNotContain(defiant);
        alpha.push(beta);
        var carryOn = say(alpha, ALICE, room, "carry on");
        assertThat(extremities(alpha, room)).containsExactly(carryOn);
        assertThat(alpha.get(() -> alpha.stores().outbox().pending(beta.name, 50))).isEmpty();
        assertThat(state(beta, room).event("m.room.member", BOB.value()).orElseThrow().content())
                .isEqualTo(JsonObject.builder().put("membership", "ban").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "5", "6", "9", "11"})
    void concurrentStateIsResolvedAlikeOnBothSides(String version) {
        var room = create(version, "public");
        join(room);
        alpha.push(beta);
        submit(
                alpha,
                EventDraft.state(
                        room,
                        ALICE,
                        "m.room.power_levels",
                        "",
                        JsonObject.builder()
                                .put(
                                        "users",
                                        JsonObject.builder()
                                                .put(ALICE.value(), 100)
                                                .put(BOB.value(), 100)
                                                .build())
                                .build()));
        alpha.push(beta);
        submit(alpha, topic(room, ALICE, "by alice"));
        submit(beta, topic(room, BOB, "by bob"));
        alpha.push(beta);
        beta.push(alpha);
        assertThat(extremities(alpha, room)).hasSize(2);
        assertThat(state(alpha, room)).isEqualTo(state(beta, room));
        say(alpha, ALICE, room, "merged");
        assertThat(extremities(alpha, room)).hasSize(1);
        alpha.push(beta);
        assertThat(state(beta, room)).isEqualTo(state(alpha, room));
        assertThat(extremities(beta, room)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "9", "12"})
    void anInviteIsSignedByTheOtherServerAndShownThere(String version) {
        var room = create(version, "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        var invite = alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        var stored =
                alpha.get(() -> alpha.stores().rooms().events(room, List.of(invite))).get(invite);
        assertThat(stored.pdu().json().object("signatures").orElseThrow().keys())
                .containsExactlyInAnyOrder("alpha", "beta");
        var memberships = beta.get(() -> beta.stores().timeline().memberships(BOB));
        assertThat(memberships).hasSize(1);
        assertThat(memberships.getFirst().membership()).isEqualTo("invite");
        assertThat(memberships.getFirst().strippedState())
                .anySatisfy(e -> assertThat(e.string("type")).contains("m.room.create"));

        join(room);
        assertThat(state(beta, room)).isEqualTo(state(alpha, room));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "6", "9", "12"})
    void anInviteIsRefusedThroughTheServerItCameFrom(String version) {
        var room = create(version, "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        var seen = state(alpha, room).event("m.room.member", BOB.value()).orElseThrow();
        assertThat(seen.content().string("membership")).contains("leave");
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB)).getFirst())
                .satisfies(m -> assertThat(m.membership()).isEqualTo("leave"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "12"})
    void anInviteCanBeRefusedWhenItsServerIsGone(String version) {
        var room = create(version, "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        alpha.deaf = true;
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB)).getFirst())
                .satisfies(m -> assertThat(m.membership()).isEqualTo("leave"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "12"})
    void aRejoinStartsFromTheStateOfThen(String version) {
        var room = create(version, "public");
        join(room);
        alpha.push(beta);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        beta.push(alpha);
        submit(alpha, topic(room, ALICE, "while bob was away"));
        say(alpha, ALICE, room, "while bob was away");
        var again = join(room);
        assertThat(extremities(beta, room)).containsExactly(again);
        assertThat(state(beta, room)).isEqualTo(state(alpha, room));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void upToVersion2EventsHaveIdsOfTheirServerAndAreCitedWithTheirHashes(String version) {
        var room = create(version, "public");
        join(room);
        var hello = say(alpha, ALICE, room, "hello");
        alpha.push(beta);
        var back = say(beta, BOB, room, "hello back");
        beta.push(alpha);

        var events = alpha.get(() -> alpha.stores().rooms().events(room, List.of(hello, back)));
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var json = events.get(back).pdu().json();
        assertThat(hello.value()).endsWith(":alpha");
        assertThat(json.string("event_id")).contains(back.value());
        assertThat(back.value()).endsWith(":beta");
        assertThat(json.array("prev_events"))
                .contains(Citations.cite(rules, List.of(hello), id -> events.get(id).pdu().json()));
    }

    /// A decision: it may be 1 or 2, whose events look the same; the create event tells which.
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aRoomWhoseVersionIsNotNamedIsJoinedAsWhatItsCreateEventSays(String version) {
        var room = create(version, "public");
        alpha.template = it -> new MembershipTemplate(it.event(), Optional.empty());
        join(room);
        assertThat(beta.get(() -> beta.stores().rooms().snapshot(room)).orElseThrow().version())
                .isEqualTo(new RoomVersion(version));
        assertThat(state(beta, room)).isEqualTo(state(alpha, room));
    }

    @Test
    void aRoomOfALaterVersionIsNotJoinedUnlessItsVersionIsNamed() {
        var room = create("3", "public");
        alpha.template = it -> new MembershipTemplate(it.event(), Optional.empty());
        assertThatThrownBy(() -> join(room)).isInstanceOf(MatrixException.class);
        assertThat(beta.get(() -> beta.stores().rooms().snapshot(room))).isEmpty();
    }

    @Test
    void inVersion3EventsAreNamedInTheStandardAlphabetAndGoIntoPaths() {
        var room = create("3", "public");
        join(room);
        EventId withSlash;
        do {
            withSlash = say(alpha, ALICE, room, "is there a slash in it?");
        } while (withSlash.value().indexOf('/') < 0 || withSlash.value().indexOf('+') < 0);
        alpha.push(beta);
        assertThat(extremities(beta, room)).containsExactly(withSlash);
        assertThat(withSlash.value()).matches("\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void aClientsRetryMakesNoSecondEvent() {
        var room = create("12", "public");
        var draft = message(room, ALICE, "once");
        var transaction = new ClientTransaction(ALICE, new DeviceId("D"), new TransactionId("t1"));
        var first = alpha.get(() -> alpha.pdu.submit(draft, Optional.of(transaction)));
        var second = alpha.get(() -> alpha.pdu.submit(draft, Optional.of(transaction)));
        assertThat(second).isEqualTo(first);
        assertThat(extremities(alpha, room)).containsExactly(first);
    }

    @Test
    void whoIsNotInTheRoomMaySayNothing() {
        var room = create("12", "public");
        var mallory = alpha.user("mallory");
        assertThatThrownBy(() -> say(alpha, mallory, room, "let me in"))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("rule");
    }

    @Test
    void aRoomOfPrivateInvitesIsNotJoinedUninvited() {
        var room = create("12", "invite");
        assertThatThrownBy(() -> join(room)).isInstanceOf(MatrixException.class);
    }

    private RoomId create(String version, String joinRule) {
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var plan =
                new RoomPlan(
                        rules.version(),
                        rules.roomIdIsCreateHash()
                                ? Optional.empty()
                                : Optional.of(new RoomId("!room:alpha")),
                        ALICE,
                        JsonObject.empty(),
                        List.of(
                                new PlannedEvent(
                                        "m.room.member",
                                        ALICE.value(),
                                        JsonObject.builder().put("membership", "join").build()),
                                new PlannedEvent("m.room.power_levels", "", powerLevels(rules)),
                                new PlannedEvent(
                                        "m.room.join_rules",
                                        "",
                                        JsonObject.builder().put("join_rule", joinRule).build())));
        return alpha.get(() -> alpha.pdu.create(plan));
    }

    private static JsonObject powerLevels(RoomVersionRules rules) {
        return rules.creatorsHaveInfinitePower()
                ? JsonObject.empty()
                : JsonObject.builder()
                        .put("users", JsonObject.builder().put(ALICE.value(), 100).build())
                        .build();
    }

    private EventId join(RoomId room) {
        return beta.get(() -> beta.pdu.join(room, BOB, List.of(alpha.name), JsonObject.empty()));
    }

    private static EventId say(Neighbour at, UserId user, RoomId room, String text) {
        return submit(at, message(room, user, text));
    }

    private static EventId submit(Neighbour at, EventDraft draft) {
        return at.get(() -> at.pdu.submit(draft, Optional.empty()));
    }

    private static EventDraft message(RoomId room, UserId user, String text) {
        return EventDraft.message(
                room, user, "m.room.message", JsonObject.builder().put("body", text).build());
    }

    private static EventDraft topic(RoomId room, UserId user, String topic) {
        return EventDraft.state(
                room, user, "m.room.topic", "", JsonObject.builder().put("topic", topic).build());
    }

    private static EventDraft member(RoomId room, UserId sender, UserId target, String membership) {
        return EventDraft.state(
                room,
                sender,
                "m.room.member",
                target.value(),
                JsonObject.builder().put("membership", membership).build());
    }

    private static RoomState state(Neighbour at, RoomId room) {
        return at.get(() -> at.pdu.state(room)).orElseThrow();
    }

    private static List<EventId> extremities(Neighbour at, RoomId room) {
        return List.copyOf(
                at.get(() -> at.stores().rooms().snapshot(room))
                        .orElseThrow()
                        .extremities()
                        .keySet());
    }

    private static EventStatus statusAt(Neighbour at, RoomId room, EventId id) {
        var stored = at.get(() -> at.stores().rooms().events(room, List.of(id))).get(id);
        assertThat(stored).as("%s has %s", at.name, id).isNotNull();
        assertThat(stored.kind()).isEqualTo(EventKind.LIVE);
        return stored.status();
    }

    private static void eventually(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
