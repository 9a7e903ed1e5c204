package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.member;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.contract.CommitDraft;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// Each of the checks that judge events and states a second time, made to fire by a commit that no
/// engine should make.
class JudgingChecksTest {

    private static final String ALICE = "@alice:" + StoresUnderTest.LOCAL;

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());
    private final SimServer local = simulation.add(StoresUnderTest.LOCAL);

    /// A room that Alice made and is in.
    private SampleRoom room(Function<Simulation, Observer> check) {
        var stores = new SimStoresUnderTest(check.apply(simulation));
        var room = SampleRoom.created(stores, "lobby");
        room.add(member("alice", ALICE, "join").allowedBy("lobby-create"));
        assertThat(found()).isEmpty();
        return room;
    }

    private static SampleEvent allowed(SampleEvent event) {
        return event.allowedBy("lobby-create", "alice");
    }

    private List<String> found() {
        return simulation.violations().texts();
    }

    @Test
    void anAcceptedEventThatItsAuthEventsDoNotAllowIsNoticed() {
        var room = room(RightVerdicts::new);
        room.add(allowed(message("hello")));
        assertThat(found()).isEmpty();

        room.add(message("hello again").allowedBy("lobby-create"));

        assertThat(found()).singleElement().asString().contains("ACCEPTED", "rejected by 5");
    }

    /// Alice has left meanwhile, which the event doesn't say.
    @Test
    void anAcceptedEventThatTheStateBeforeItDoesNotAllowIsNoticed() {
        var room = room(RightVerdicts::new);
        room.add(allowed(member("gone", ALICE, "leave")));
        assertThat(found()).isEmpty();

        room.add(allowed(message("hello")));

        assertThat(found()).singleElement().asString().contains("ACCEPTED", "rejected by 5");
    }

    @Test
    void anEventThatWasRejectedForNothingIsNoticed() {
        var room = room(RightVerdicts::new);
        var event = room.following(allowed(message("hello")));

        room.commit(room.next().rejected(event, room.current()));

        assertThat(found()).singleElement().asString().contains("REJECTED", "allowed by 10");
    }

    @Test
    void anEventThatWasSoftFailedForNothingIsNoticed() {
        var room = room(RightSoftFailures::new);
        var event = room.following(allowed(message("hello")));

        room.commit(room.next().softFailed(event, room.current(), room.current()));

        assertThat(found()).singleElement().asString().contains("SOFT_FAILED", "allowed by 10");
    }

    /// Alice has left, and Carol keeps the server in the room.
    @Test
    void anEventThatShouldHaveBeenSoftFailedIsNoticed() {
        var check = new RightSoftFailures(simulation);
        var stores = new SimStoresUnderTest(simulation.time(), local.disk());
        var room = SampleRoom.created(stores, "lobby");
        room.add(member("alice", ALICE, "join").allowedBy("lobby-create"));
        room.add(member("carol", "@carol:" + StoresUnderTest.LOCAL, "join"));
        var before = room.current();
        var gone = room.following(allowed(member("gone", ALICE, "leave")));
        var first = room.with(room.next(), gone);
        room.commit(first, gone);
        check.onCommit(local.disk(), first.build());
        var late = allowed(message("late")).after("carol").in(room.id);
        var second = room.next().live(late, before, before);
        room.commit(second);
        check.onCommit(local.disk(), second.build());

        assertThat(found()).singleElement().asString().contains("ACCEPTED", "rejected by 5");
    }

    @Test
    void anEventWithTheWrongStateBeforeItIsNoticed() {
        var room = room(RecomputedState::new);
        var outdated = new StatePoint(0, 0);
        var event = room.following(message("hello"));

        room.commit(room.next().live(event, outdated, outdated));

        assertThat(found())
                .singleElement()
                .asString()
                .contains("a state before m.room.message", "m.room.create", ALICE);
    }

    @Test
    void aStateEventThatIsNotInTheStateAfterItIsNoticed() {
        var room = room(RecomputedState::new);
        var event = room.following(state("topic", "m.room.topic", ""));

        room.commit(room.next().live(event, room.current(), room.current()));

        assertThat(found()).singleElement().asString().contains("a state after m.room.topic");
    }

    @Test
    void aCurrentStateThatIsNotTheOneAfterTheTipIsNoticed() {
        var room = room(RecomputedState::new);
        var before = room.current();
        room.add(state("topic", "m.room.topic", ""));
        assertThat(found()).isEmpty();

        room.commit(room.next().current(before));

        assertThat(found()).singleElement().asString().contains("a state now", "m.room.topic");
    }

    @Test
    void aStateThatChangesUnderAnEventIsNoticed() {
        var check = new LastingState(simulation.violations());
        var stores = new SimStoresUnderTest(simulation.time(), local.disk());
        var room = SampleRoom.created(stores, "lobby");
        var topic = room.following(state("topic", "m.room.topic", ""));
        var draft = room.with(room.next(), topic);
        room.commit(draft, topic);
        check.onCommit(local.disk(), draft.build());
        check.onEnd(simulation);
        assertThat(found()).isEmpty();

        var key = new StateKeyTuple("m.room.topic", "");
        room.commit(room.next().change(room.current(), key, Optional.empty()));
        check.onEnd(simulation);

        assertThat(found()).singleElement().asString().contains("another state at m.room.topic");
    }

    @Test
    void anEventThatNobodySignedAndThatIsNotWhatItsIdSaysIsNoticed() {
        var stores = new SimStoresUnderTest(new NothingForged(simulation));

        SampleRoom.created(stores, "lobby").add(message("hello"));

        assertThat(found())
                .filteredOn(it -> it.contains("$hello"))
                .satisfiesExactly(
                        it -> assertThat(it).contains("which its sender's server did not sign"),
                        it -> assertThat(it).contains("whose ID is another's"),
                        it -> assertThat(it).contains("whose content was tampered with"));
    }

    @Test
    void anEventWithTooManyPrevEventsIsNoticed() {
        var room = room(WithinLimits::new);
        var names = IntStream.range(0, 20).mapToObj(i -> "p" + i).toArray(String[]::new);
        room.add(message("wide").after(names).in(room.id));
        assertThat(found()).isEmpty();

        room.add(message("wider").after(names).after("p20").in(room.id));

        assertThat(found()).singleElement().asString().contains("prev events: 21, over 20");
    }

    @Test
    void anEventWithTooManyAuthEventsIsNoticed() {
        var room = room(WithinLimits::new);
        var names = IntStream.range(0, 11).mapToObj(i -> "a" + i).toArray(String[]::new);

        room.add(message("much allowed").allowedBy(names).in(room.id));

        assertThat(found()).singleElement().asString().contains("auth events: 11, over 10");
    }

    @Test
    void anEventThatIsTooLargeIsNoticed() {
        var room = room(WithinLimits::new);

        room.add(message("large").with("body", "x".repeat(70_000)).in(room.id));

        assertThat(found()).singleElement().asString().contains("has bytes: ");
    }

    /// The topic is in the state of the one branch only, and there is nothing against it.
    @Test
    void aMergeThatIsResolvedTheOtherWayIsNoticed() {
        var room = room(RecomputedState::new);
        var before = room.current();
        room.add(state("topic", "m.room.topic", "").allowedBy("lobby-create", "alice"));
        var fork = message("fork").after("alice").in(room.id);
        room.commit(
                new CommitDraft(room.id, room.revision())
                        .live(fork, before, before)
                        .extremities(room.tip(), fork.id())
                        .current(room.current()));
        assertThat(found()).isEmpty();
        var merge = message("merge").after("topic", "fork").in(room.id);

        room.commit(room.next().live(merge, before, before), merge);

        assertThat(found()).first().asString().contains("a state before m.room.message");
    }

    @Test
    void tooManyQuestionsToOnePeerAtOnceAreNoticed() {
        var check = new WithinLimits(simulation);
        var request = new WireRequest("GET", "/", List.of(), WireRequest.NO_BODY);
        var peer = new ServerName("peer.example");
        for (int i = 0; i < WithinLimits.EXCHANGES_PER_PEER_MAX; i++) {
            check.onSent(new Exchange(i, local.name(), peer, request));
        }
        check.onEnded(new Exchange(0, local.name(), peer, request), 200);
        check.onSent(new Exchange(1_000, local.name(), peer, request));
        assertThat(found()).isEmpty();

        check.onSent(new Exchange(1_001, local.name(), peer, request));

        assertThat(found()).singleElement().asString().contains("things at once");
    }

    /// Who looks for a check by the name that a failure gives it finds what it is about.
    @Test
    void everyCheckHasANameOfItsOwnASentenceAndAPlaceInTheDocumentation() throws IOException {
        var checks = Checks.list(simulation);
        var documentation = Files.readString(Path.of("..", "docs", "simulator.md"));

        assertThat(checks).extracting(Check::name).doesNotHaveDuplicates();
        assertThat(checks)
                .allSatisfy(
                        check -> {
                            assertThat(check.sentence()).matches("[A-Z].*\\.");
                            assertThat(documentation).contains("`" + check.name() + "`");
                        });
    }
}
