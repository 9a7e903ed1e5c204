package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.api.spi.store.PendingJoin;

/// Rooms that take long to be sent: what a join is until they are here, and what becomes of it when
/// something comes between.
class LargeRoomsTest extends HandshakeStage {

    /// More than are stored with one commit.
    private static final int SETTINGS = 1_200;

    private static final int PARTS = SETTINGS / 3;

    private final List<RawPdu> settings = new ArrayList<>();

    @Test
    void aLargeRoomIsStoredInBatchesAndIsWhole() {
        largeRoom();
        beta.get(this::joining);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(setting(state::event)).hasSize(SETTINGS);
        assertThat(beta.refusals()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void itDoesNotMatterInWhichOrderItIsSent() {
        largeRoom();
        var inOrder = alpha.roomSent;
        alpha.roomSent =
                answer -> {
                    var sent = inOrder.apply(answer);
                    return with(sent, sent.state().reversed(), sent.authChain().reversed());
                };
        beta.get(this::joining);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(setting(state::event)).hasSize(SETTINGS);
        assertThat(beta.refusals()).isEmpty();
    }

    @Test
    void aJoinTellsHowFarItIs() {
        largeRoom();
        alpha.sending = whole -> SlowSending.silentAfter(PARTS - 10, whole);
        beta.begin(this::joining);
        var join = underWay(1_000);
        assertThat(join.room()).isEqualTo(room);
        assertThat(join.through()).contains(alpha.name);
        assertThat(join.receivedEvents()).isBetween(1_000, SETTINGS);
        assertThat(join.verifiedEvents()).isBetween(1_000, join.receivedEvents());
        assertThat(join.storedEvents()).isEqualTo(1_000);
        assertThat(join.receivedBytes()).isPositive();
        assertThat(beta.get(() -> beta.pdu.state(room))).as("not joined yet").isEmpty();
        assertThat(joins(ALICE)).as("nobody else's business").isEmpty();
    }

    @Test
    void whoJoinsAgainMeanwhileGetsTheJoinThereIs() {
        largeRoom();
        var both =
                beta.get(
                        () -> {
                            var first = joining();
                            var second = joining();
                            return Uni.combine().all().unis(first, second).asTuple();
                        });
        assertThat(both.getItem1()).isEqualTo(both.getItem2());
        assertThat(handedIn()).hasSize(1);
    }

    @Test
    void aRoomWhoseSendingBreaksOffIsAskedForAgainWithTheSameJoin() {
        largeRoom();
        var sendings = new ArrayList<Integer>();
        alpha.sending =
                whole -> {
                    sendings.add(sendings.size());
                    return sendings.size() == 1
                            ? SlowSending.cutOffAfter(PARTS - 10, whole)
                            : whole;
                };
        beta.get(this::joining);
        assertThat(sendings).hasSize(2);
        assertThat(handedIn()).hasSize(1);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(setting(state::event)).hasSize(SETTINGS);
        nothingIsLeft();
    }

    @Test
    void aRoomWhoseSendingAlwaysBreaksOffLeavesNothingBehind() {
        largeRoom();
        alpha.sending = whole -> SlowSending.cutOffAfter(PARTS - 10, whole);
        assertThatThrownBy(() -> beta.get(this::joining))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("it broke off");
        nothingIsLeft();
        assertThat(beta.get(() -> beta.pdu.state(room))).isEmpty();
        alpha.sending = whole -> whole;
        beta.get(this::joining);
        assertThat(beta.get(() -> beta.pdu.state(room))).isPresent();
    }

    @Test
    void aJoinThatACrashComesBetweenIsBroughtToItsEndByTheSameEvent() {
        largeRoom();
        alpha.sending = whole -> SlowSending.silentAfter(PARTS - 10, whole);
        beta.begin(this::joining);
        underWay(1_000);
        assertThat(beta.verified).isGreaterThan(1_000);
        alpha.sending = whole -> whole;
        restartBeta();
        until(() -> beta.get(() -> beta.pdu.state(room)).isPresent());
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(setting(state::event)).hasSize(SETTINGS);
        assertThat(handedIn()).hasSize(1);
        var mine = state.event("m.room.member", BOB.value()).orElseThrow();
        assertThat(mine.id()).isEqualTo(handedIn().getFirst());
        assertThat(beta.verified)
                .as("what is stored is not verified again")
                .isLessThan(SETTINGS - 800);
        until(() -> pending().isEmpty());
        nothingIsLeft();
    }

    @Test
    void aJoinThatIsDoneButForBeingCrossedOffIsNotHandedInAgain() {
        largeRoom();
        beta.get(this::joining);
        var join = alpha.joins.getFirst();
        beta.get(() -> beta.stores().joins().begin(pending(join)));
        restartBeta();
        until(() -> pending().isEmpty());
        assertThat(alpha.joins).hasSize(1);
    }

    @Test
    void aJoinThatIsRefusedAfterACrashIsGivenUp() {
        create("12", "public");
        var join = join(BOB, it -> it);
        var handedIn = new SignedMembership(room, id(join), join);
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        beta.get(() -> beta.stores().joins().begin(pending(handedIn)));
        restartBeta();
        until(() -> pending().isEmpty());
        assertThat(alpha.joins).hasSize(1);
        assertThat(beta.refusals()).anyMatch(told -> told.contains("could not be brought"));
        nothingIsLeft();
    }

    @Test
    void whoIsAwayAfterACrashIsAskedAgainLater() {
        largeRoom();
        var join = join(BOB, it -> it);
        var handedIn = new SignedMembership(room, id(join), join);
        beta.get(() -> beta.stores().joins().begin(pending(handedIn)));
        alpha.deaf = true;
        restartBeta();
        until(() -> beta.passTime() > 0);
        assertThat(pending()).hasSize(1);
        alpha.deaf = false;
        until(
                () -> {
                    beta.passTime();
                    return pending().isEmpty();
                });
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(state.event("m.room.member", BOB.value()).orElseThrow().id())
                .isEqualTo(id(join));
    }

    @Test
    void whatIsLeftOutIsToldOf() {
        largeRoom();
        alpha.roomSent =
                answer -> {
                    var state = new ArrayList<>(answer.state());
                    state.add(doctored(settings.getFirst()));
                    state.add(setting(SETTINGS, List.of("$nowhere")));
                    return with(answer, state, answer.authChain());
                };
        beta.get(this::joining);
        assertThat(beta.refusals())
                .anyMatch(told -> told.contains("wrong signature"))
                .anyMatch(told -> told.contains("an event that it cites for that is missing"))
                .anyMatch(told -> told.contains("2 events that it sent"));
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(state.event("org.example.setting", "" + SETTINGS)).isEmpty();
    }

    private void largeRoom() {
        create("12", "public");
        var cited = new ArrayList<EventId>();
        alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .events()
                .forEach(
                        (key, event) -> {
                            if (key.type().equals("m.room.power_levels")
                                    || key.type().equals("m.room.member")) {
                                cited.add(event.id());
                            }
                        });
        var auth = cited.stream().map(EventId::value).toList();
        for (int i = 0; i < SETTINGS; i++) {
            settings.add(setting(i, auth));
        }
        alpha.roomSent =
                sent -> {
                    var state = new ArrayList<>(sent.state());
                    state.addAll(settings);
                    return with(sent, state, sent.authChain());
                };
    }

    private RawPdu setting(int i, List<String> auth) {
        return alpha.made(
                RULES,
                JsonObject.builder()
                        .put("type", "org.example.setting")
                        .put("state_key", "" + i)
                        .put("sender", ALICE.value())
                        .put("room_id", room.value())
                        .put("content", JsonObject.empty())
                        .put("depth", 10 + i)
                        .put("origin_server_ts", 1)
                        .put("prev_events", JsonArray.ofStrings(List.of("$before")))
                        .put("auth_events", JsonArray.ofStrings(auth))
                        .build());
    }

    private static List<Integer> setting(BiFunction<String, String, Optional<?>> state) {
        return IntStream.range(0, SETTINGS)
                .filter(i -> state.apply("org.example.setting", "" + i).isPresent())
                .boxed()
                .toList();
    }

    private List<JoinUnderWay> joins(UserId user) {
        return beta.get(() -> Uni.createFrom().item(beta.pdu.joinsUnderWay(user)));
    }

    private JoinUnderWay underWay(int stored) {
        until(() -> joins(BOB).stream().anyMatch(join -> join.storedEvents() >= stored));
        assertThat(pending()).hasSize(1);
        return joins(BOB).getFirst();
    }

    private void nothingIsLeft() {
        assertThat(pending()).isEmpty();
        assertThat(joins(BOB)).isEmpty();
    }

    private List<PendingJoin> pending() {
        return beta.get(() -> beta.stores().joins().underWay());
    }

    private PendingJoin pending(SignedMembership join) {
        return new PendingJoin(
                join.event(),
                room,
                BOB,
                Optional.of(RULES.version()),
                List.of(alpha.name),
                join.pdu(),
                1);
    }

    /// The joins that alpha was handed, each once.
    private List<EventId> handedIn() {
        var ids = new LinkedHashSet<EventId>();
        alpha.joins.forEach(join -> ids.add(join.event()));
        return List.copyOf(ids);
    }

    private void restartBeta() {
        beta.close();
        beta = new Neighbour("beta", directory, loop, street);
        beta.get(
                () -> {
                    beta.pdu.start();
                    return Uni.createFrom().voidItem();
                });
    }

    /// Every look is a turn of the loop.
    private static void until(Supplier<Boolean> isSo) {
        for (int looks = 0; looks < 100_000; looks++) {
            if (isSo.get()) {
                return;
            }
        }
        throw new AssertionError("it never is");
    }
}
