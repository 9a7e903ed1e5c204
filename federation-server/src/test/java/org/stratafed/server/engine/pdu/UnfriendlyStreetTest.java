package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// What a PDU layer makes of neighbours that lose, lie, repeat and leave, and of its own defects.
class UnfriendlyStreetTest {

    private static final UserId ALICE = new UserId("@alice:alpha");
    private static final UserId BOB = new UserId("@bob:beta");
    private static final UserId BETTY = new UserId("@betty:beta");

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
        alpha.close();
        beta.close();
        loop.shutdownNow();
        assertThat(alpha.defects()).isEmpty();
        assertThat(beta.defects()).isEmpty();
    }

    @Test
    void anEventWeStumbleOverTakesNoOtherWithItAndIsJudgedAgain() {
        var room = create("10", "public");
        join(room, BOB);
        alpha.push(beta);
        var before = say("before");
        var signed =
                JsonObject.builder()
                        .put("token", "t")
                        .put("stumble", true)
                        .put("mxid", "@carol:alpha")
                        .put(
                                "signatures",
                                JsonObject.builder()
                                        .put(
                                                "id",
                                                JsonObject.builder()
                                                        .put("ed25519:1", "A".repeat(86))
                                                        .build())
                                        .build())
                        .build();
        submit(
                alpha,
                EventDraft.state(
                        room,
                        ALICE,
                        "m.room.third_party_invite",
                        "t",
                        JsonObject.builder().put("public_key", publicKey()).build()));
        var tip = tip(alpha);
        var stumbling =
                alpha.made(
                        rules("10"),
                        event(
                                room,
                                "m.room.member",
                                "@carol:alpha",
                                JsonObject.builder()
                                        .put("membership", "invite")
                                        .put(
                                                "third_party_invite",
                                                JsonObject.builder()
                                                        .put("display_name", "Carol")
                                                        .put("signed", signed)
                                                        .build())
                                        .build(),
                                tip,
                                authFor(
                                        alpha,
                                        room,
                                        "m.room.member/" + ALICE.value(),
                                        "m.room.third_party_invite/t",
                                        "m.room.join_rules/")));
        var after = say("after");
        beta.stumblesOver = Optional.of("stumble");
        var batch = new ArrayList<RawPdu>();
        batch.add(stumbling);
        pending(beta).forEach(batch::add);
        var outcomes = beta.get(() -> beta.pdu.onPdus(alpha.name, room, batch));

        assertThat(outcomes.values().stream().map(PduOutcome::wireError).toList())
                .containsOnly(Optional.empty());
        assertThat(status(beta, before)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(status(beta, after)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).hasSize(1);
        assertThat(beta.defects()).isNotEmpty();
        beta.stumblesOver = Optional.empty();
        eventually(
                () ->
                        beta.passTime() >= 0
                                && beta.get(() -> beta.stores().rooms().staged(room)).isEmpty());
        beta.defects().clear();
    }

    @Test
    void anEventWhoseCheckStumblesTakesNoOtherWithIt() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        var before = say("before");
        submit(alpha, EventDraft.state(room, ALICE, "m.room.member", "@stumble:alpha", INVITE));
        var stumbling = tip(alpha);
        beta.stumblesOver = Optional.of("@stumble:alpha");
        var batch = pending(beta);
        var outcomes = beta.get(() -> beta.pdu.onPdus(alpha.name, room, batch));
        assertThat(outcomes.get(before)).isEqualTo(new PduOutcome.Accepted());
        assertThat(outcomes.get(stumbling)).isInstanceOf(PduOutcome.Dropped.class);
        assertThat(beta.defects()).isNotEmpty();
        beta.defects().clear();
    }

    @Test
    void aGapOfAThousandIsFilledByAPeerThatGivesTwentyAtATime() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        for (int i = 0; i < 1_000; i++) {
            say("lost " + i);
        }
        while (!pending(beta).isEmpty()) {
            alpha.push(beta, _ -> true);
        }
        alpha.missingEventsMax = 20;
        var tip = say("tip");
        alpha.push(beta);
        eventually(() -> tips(beta).equals(List.of(tip)));
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).isEmpty();
        assertThat(beta.get(() -> beta.stores().timeline().page(room, Long.MAX_VALUE, true, 2_000)))
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void aPeerThatIsAwayIsAskedAgainAfterAWhileByOneTimer() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.deaf = true;
        for (int i = 0; i < 3; i++) {
            say("lost");
            alpha.push(beta, _ -> true);
            say("tip");
            alpha.push(beta);
        }
        eventually(() -> beta.passTime() > 0);
        beta.passTime();
        beta.passTime();
        eventually(() -> beta.passTime() == 1);
        alpha.deaf = false;
        eventually(() -> beta.passTime() >= 0 && tips(beta).equals(tips(alpha)));
    }

    @Test
    void whatIsWaitedForInVainIsGivenUpAndSaidSo() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.deaf = true;
        say("lost");
        alpha.push(beta, _ -> true);
        var tip = say("tip");
        alpha.push(beta);
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).hasSize(1);
        // It is said once it is durable, so after it can be seen in the store.
        eventually(() -> beta.passTime() >= 0 && hasGivenUp(beta));
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).isEmpty();
        assertThat(beta.refusals())
                .filteredOn(it -> it.contains("given up"))
                .singleElement()
                .asString()
                .contains(tip.value(), "CITED_EVENTS");
        // It may be sent again, and then counts as new.
        alpha.deaf = false;
        var last = say("last");
        alpha.push(beta);
        eventually(() -> beta.passTime() >= 0 && tips(beta).equals(List.of(last)));
        assertThat(status(beta, tip)).isEqualTo(EventStatus.ACCEPTED);
    }

    private static boolean hasGivenUp(Neighbour neighbour) {
        return neighbour.get(
                () ->
                        Uni.createFrom()
                                .item(
                                        neighbour.refusals().stream()
                                                .anyMatch(it -> it.contains("given up"))));
    }

    @Test
    void aLateEventFromBeforeOurJoinBringsNoHistoryAlong() {
        var room = create("12", "public");
        var early = say("early");
        for (int i = 0; i < 150; i++) {
            say("before " + i);
        }
        join(room, BOB);
        alpha.push(beta);
        var late =
                alpha.made(
                        rules("12"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                ALICE,
                                JsonObject.builder().put("body", "late").build(),
                                List.of(early),
                                authInVersion12(room)));
        var id =
                alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(late)))
                        .firstEntry()
                        .getKey();
        beta.get(() -> beta.pdu.onPdus(alpha.name, room, List.of(late)));
        eventually(
                () ->
                        beta.passTime() >= 0
                                && beta.get(() -> beta.stores().rooms().staged(room)).isEmpty());
        assertThat(status(beta, id)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(beta.get(() -> beta.stores().timeline().page(room, Long.MAX_VALUE, true, 500)))
                .hasSizeLessThan(5);
    }

    /// The create event is cited without being listed.
    private List<EventId> authInVersion12(RoomId room) {
        var create = authFor(alpha, room).getFirst();
        return authFor(alpha, room, "m.room.member/" + ALICE.value()).stream()
                .filter(it -> !it.equals(create))
                .toList();
    }

    @Test
    void whatWaitedWhenTheServerStoppedIsFetchedAfterItsStart() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.deaf = true;
        say("lost");
        alpha.push(beta, _ -> true);
        var tip = say("tip");
        alpha.push(beta);
        beta.close();
        alpha.deaf = false;
        beta = new Neighbour("beta", directory, loop, street);
        beta.pdu.start();
        eventually(() -> tips(beta).equals(List.of(tip)));
    }

    @Test
    void whatIsWaitedForIsNoticedWhenItIsPushed() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.deaf = true;
        say("late");
        var late = pending(beta);
        alpha.push(beta, _ -> true);
        var tip = say("tip");
        alpha.push(beta);
        assertThat(beta.get(() -> beta.stores().rooms().staged(room))).hasSize(1);
        beta.get(() -> beta.pdu.onPdus(alpha.name, room, late));
        eventually(() -> tips(beta).equals(List.of(tip)));
    }

    @Test
    void anEventThatComesAfterItsSuccessorIsNoTip() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.missingEventsMax = 0;
        say("late");
        var late = pending(beta);
        alpha.push(beta, _ -> true);
        var tip = say("tip");
        alpha.push(beta);
        eventually(() -> tips(beta).contains(tip));
        beta.get(() -> beta.pdu.onPdus(alpha.name, room, late));
        assertThat(tips(beta)).containsExactly(tip);
    }

    @Test
    void aStateThatIsToldEmptyRejectsNothing() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        alpha.missingEventsMax = 0;
        alpha.lies = true;
        say("lost");
        alpha.push(beta, _ -> true);
        var tip = say("tip");
        alpha.push(beta);
        eventually(() -> beta.passTime() > 0);
        assertThat(beta.get(() -> beta.stores().rooms().events(room, List.of(tip)))).isEmpty();
        alpha.lies = false;
        eventually(() -> beta.passTime() >= 0 && tips(beta).contains(tip));
        assertThat(status(beta, tip)).isEqualTo(EventStatus.ACCEPTED);
    }

    @Test
    void citingOneTipTwiceIsNotCitingBoth() {
        var room = create("11", "public");
        join(room, BOB);
        alpha.push(beta);
        var fork = tip(beta);
        submit(alpha, topic(ALICE, "by alice"));
        var mine = tip(alpha);
        var other =
                beta.made(
                        rules("11"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                BOB,
                                JsonObject.empty(),
                                List.of(fork),
                                authFor(beta, room, "m.room.member/" + BOB.value())));
        alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(other)));
        var left = tips(alpha).stream().filter(id -> !id.equals(mine)).findFirst().orElseThrow();
        var twice =
                beta.made(
                        rules("11"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                BOB,
                                JsonObject.builder().put("body", "twice").build(),
                                List.of(left, left),
                                authFor(beta, room, "m.room.member/" + BOB.value())));
        var id =
                alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(twice)))
                        .firstEntry()
                        .getKey();
        var stated = alpha.get(() -> alpha.pdu.stateAt(room, id, false));
        if (stated.isPresent()) {
            assertThat(stated.get().event("m.room.topic", "")).isEmpty();
        }
    }

    @Test
    void aTipIsSeenThroughTheSoftFailedEventsThatHideIt() {
        var room = create("11", "public");
        join(room, BOB);
        alpha.push(beta);
        var fork = tip(beta);
        submit(
                alpha,
                EventDraft.state(
                        room,
                        ALICE,
                        "m.room.member",
                        BOB.value(),
                        JsonObject.builder().put("membership", "ban").build()));
        var ban = tip(alpha);
        var auth = authFor(beta, room, "m.room.member/" + BOB.value());
        var defiant =
                beta.made(
                        rules("11"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                BOB,
                                JsonObject.empty(),
                                List.of(fork),
                                auth));
        var id =
                alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(defiant)))
                        .firstEntry()
                        .getKey();
        assertThat(status(alpha, id)).isEqualTo(EventStatus.SOFT_FAILED);
        assertThat(tips(alpha)).containsExactly(ban);
        var behind =
                beta.made(
                        rules("11"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                BOB,
                                JsonObject.builder().put("body", "x").build(),
                                List.of(ban),
                                auth));
        var rejected =
                alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(behind)))
                        .firstEntry()
                        .getKey();
        assertThat(status(alpha, rejected)).isEqualTo(EventStatus.REJECTED);
        var onTop =
                alpha.made(
                        rules("11"),
                        event(
                                room,
                                "m.room.message",
                                null,
                                ALICE,
                                JsonObject.builder().put("body", "y").build(),
                                List.of(rejected),
                                authFor(alpha, room, "m.room.member/" + ALICE.value())));
        var top =
                alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(onTop)))
                        .firstEntry()
                        .getKey();
        assertThat(tips(alpha)).containsExactly(top);
    }

    @Test
    void aSecondCopyOfAnEventCostsNoKeys() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        say("twice");
        var copies = pending(beta);
        alpha.push(beta);
        var before = beta.keysGathered;
        var again = beta.get(() -> beta.pdu.onPdus(alpha.name, room, copies));
        assertThat(again.values()).containsOnly(new PduOutcome.Duplicate());
        assertThat(beta.keysGathered).isEqualTo(before);
    }

    @Test
    void anInviteThatIsTakenBackEnds() {
        var room = create("12", "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        submit(
                alpha,
                EventDraft.state(
                        room,
                        ALICE,
                        "m.room.member",
                        BOB.value(),
                        JsonObject.builder().put("membership", "leave").build()));
        alpha.push(beta);
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB)).getFirst())
                .satisfies(m -> assertThat(m.membership()).isEqualTo("leave"));
    }

    @Test
    void twoOfOurUsersJoinANewRoomAtOnce() {
        var room = create("12", "public");
        var both =
                beta.get(
                        () -> {
                            var first = beta.pdu.join(room, BOB, List.of(alpha.name), EMPTY);
                            var second = beta.pdu.join(room, BETTY, List.of(alpha.name), EMPTY);
                            return io.smallrye.mutiny.Uni.combine()
                                    .all()
                                    .unis(first, second)
                                    .asTuple();
                        });
        assertThat(both.getItem1()).isNotEqualTo(both.getItem2());
        assertThat(beta.get(() -> beta.stores().timeline().localMembers(room, beta.name)))
                .containsExactlyInAnyOrder(BOB, BETTY);
        var hello = submit(beta, message(BOB, "hello"));
        assertThat(tips(beta)).containsExactly(hello);
        beta.push(alpha);
        alpha.push(beta);
        assertThat(beta.get(() -> beta.pdu.state(room)))
                .isEqualTo(alpha.get(() -> alpha.pdu.state(room)));
    }

    @Test
    void whoHasLeftLetsNobodyIn() {
        var room = create("12", "public");
        join(room, BOB);
        alpha.push(beta);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        var carol = new UserId("@carol:gamma");
        var request = new MembershipRequest(room, carol, RoomVersionRules.supported());
        assertThatThrownBy(
                        () ->
                                beta.get(
                                        () ->
                                                beta.pdu
                                                        .rooms()
                                                        .onMakeJoin(
                                                                new ServerName("gamma"), request)))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("not in room");
    }

    @Test
    void anInviteToARoomThatAllOfUsHaveLeftIsShown() {
        var room = create("12", "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        join(room, BOB);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        beta.push(alpha);
        alpha.get(() -> alpha.pdu.invite(room, ALICE, BOB, JsonObject.empty()));
        assertThat(beta.get(() -> beta.stores().timeline().memberships(BOB)).getFirst())
                .satisfies(m -> assertThat(m.membership()).isEqualTo("invite"));
    }

    @Test
    void whoNeverWasInTheRoomIsToldNothingOfIt() {
        var room = create("12", "public");
        say("secret");
        var gamma = new ServerName("gamma");
        var id = tip(alpha);
        var named = new EventInRoom(room, id);
        var ask = alpha.pdu.rooms();
        for (var question :
                List.<java.util.function.Supplier<io.smallrye.mutiny.Uni<?>>>of(
                        () -> ask.onEvent(gamma, id),
                        () -> ask.onState(gamma, named),
                        () -> ask.onStateIds(gamma, named),
                        () -> ask.onEventAuth(gamma, named),
                        () ->
                                ask.onMissingEvents(
                                        gamma,
                                        new MissingEventsRequest(
                                                room, List.of(), List.of(id), 10, 0)),
                        () -> ask.onBackfill(gamma, new BackfillRequest(room, List.of(id), 10)))) {
            assertThatThrownBy(() -> alpha.get(() -> question.get().replaceWithVoid()))
                    .isInstanceOf(MatrixException.class)
                    .hasMessageContaining("not in room");
        }
    }

    private static final JsonObject INVITE =
            JsonObject.builder().put("membership", "invite").build();
    private static final JsonObject EMPTY = JsonObject.empty();
    private RoomId room;

    private RoomId create(String version, String joinRule) {
        var rules = rules(version);
        var power =
                rules.creatorsHaveInfinitePower()
                        ? JsonObject.empty()
                        : JsonObject.builder()
                                .put("users", JsonObject.builder().put(ALICE.value(), 100).build())
                                .build();
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
                                new PlannedEvent("m.room.power_levels", "", power),
                                new PlannedEvent(
                                        "m.room.join_rules",
                                        "",
                                        JsonObject.builder().put("join_rule", joinRule).build())));
        room = alpha.get(() -> alpha.pdu.create(plan));
        return room;
    }

    private static RoomVersionRules rules(String version) {
        return RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }

    private EventId join(RoomId room, UserId user) {
        return beta.get(() -> beta.pdu.join(room, user, List.of(alpha.name), EMPTY));
    }

    private EventId say(String text) {
        return submit(alpha, message(ALICE, text));
    }

    private EventDraft message(UserId user, String text) {
        return EventDraft.message(
                room, user, "m.room.message", JsonObject.builder().put("body", text).build());
    }

    private EventDraft topic(UserId user, String topic) {
        return EventDraft.state(
                room, user, "m.room.topic", "", JsonObject.builder().put("topic", topic).build());
    }

    private static EventId submit(Neighbour at, EventDraft draft) {
        return at.get(() -> at.pdu.submit(draft, Optional.empty()));
    }

    private List<EventId> tips(Neighbour at) {
        return List.copyOf(
                at.get(() -> at.stores().rooms().snapshot(room))
                        .orElseThrow()
                        .extremities()
                        .keySet());
    }

    private EventId tip(Neighbour at) {
        return tips(at).getFirst();
    }

    private List<RawPdu> pending(Neighbour to) {
        return alpha.get(() -> alpha.stores().outbox().pending(to.name, 50)).stream()
                .map(entry -> entry.pdu())
                .toList();
    }

    private EventStatus status(Neighbour at, EventId id) {
        var stored = at.get(() -> at.stores().rooms().events(room, List.of(id))).get(id);
        assertThat(stored).as("%s has %s", at.name, id).isNotNull();
        return stored.status();
    }

    private String publicKey() {
        return "A".repeat(42) + "A";
    }

    /// The events that one of these kinds cites: what every event does, and what is named as
    /// `type/key`.
    private List<EventId> authFor(Neighbour at, RoomId room, String... more) {
        var state = at.get(() -> at.pdu.state(room)).orElseThrow();
        var ids = new LinkedHashSet<EventId>();
        var keys = new ArrayList<>(List.of("m.room.create/", "m.room.power_levels/"));
        keys.addAll(List.of(more));
        for (var key : keys) {
            int slash = key.indexOf('/');
            state.event(key.substring(0, slash), key.substring(slash + 1))
                    .ifPresent(event -> ids.add(event.id()));
        }
        return List.copyOf(ids);
    }

    private JsonObject event(
            RoomId room,
            String type,
            String stateKey,
            JsonObject content,
            EventId previous,
            List<EventId> auth) {
        return event(room, type, stateKey, ALICE, content, List.of(previous), auth);
    }

    private JsonObject event(
            RoomId room,
            String type,
            String stateKey,
            UserId sender,
            JsonObject content,
            List<EventId> previous,
            List<EventId> auth) {
        var event =
                JsonObject.builder()
                        .put("type", type)
                        .put("room_id", room.value())
                        .put("sender", sender.value())
                        .put("content", content)
                        .put("depth", 20)
                        .put("origin_server_ts", 1)
                        .put(
                                "prev_events",
                                JsonArray.ofStrings(previous.stream().map(EventId::value).toList()))
                        .put(
                                "auth_events",
                                JsonArray.ofStrings(auth.stream().map(EventId::value).toList()));
        if (stateKey != null) {
            event.put("state_key", stateKey);
        }
        return event.build();
    }

    private static void eventually(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
