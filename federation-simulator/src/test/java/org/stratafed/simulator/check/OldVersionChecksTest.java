package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.member;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.redaction;
import static org.stratafed.contract.SampleEvent.state;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// The checks that judge by what only old room versions have, made to fire by a commit that no
/// engine should make.
class OldVersionChecksTest {

    private static final String BOB = "@bob:" + StoresUnderTest.LOCAL;

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());

    OldVersionChecksTest() {
        simulation.add(StoresUnderTest.LOCAL);
    }

    /// A room that Alice made and is in.
    private SampleRoom room(String version, Function<Simulation, Observer> check) {
        var stores = new SimStoresUnderTest(check.apply(simulation));
        var room = SampleRoom.created(stores, "lobby", new RoomVersion(version));
        room.add(member("alice", SampleEvent.ALICE, "join").allowedBy("lobby-create"));
        assertThat(found()).isEmpty();
        return room;
    }

    private List<String> found() {
        return simulation.violations().texts();
    }

    private static Pdu changed(Pdu event, EventId id, String key, String value) {
        var json = event.json().with(key, new JsonString(value));
        return new Pdu(
                id, event.roomId(), json, event.prevEvents(), event.authEvents(), event.redacts());
    }

    @Test
    void upToVersion2ARedactionOfAnotherServersEventIsNoticed() {
        redactWithoutPower("2");

        assertThat(found()).singleElement().asString().contains("ACCEPTED", "rejected by 11.3");
    }

    @Test
    void sinceVersion3SuchARedactionIsAllowed() {
        redactWithoutPower("3");

        assertThat(found()).isEmpty();
    }

    private void redactWithoutPower(String version) {
        var room = room(version, RightVerdicts::new);
        room.add(state("levels", "m.room.power_levels", "").allowedBy("lobby-create", "alice"));
        assertThat(found()).isEmpty();
        var event =
                room.following(
                        redaction("mine:a", "theirs:b")
                                .allowedBy("lobby-create", "alice", "levels"));

        room.add(changed(event, event.id(), "redacts", "$theirs:b"));
    }

    /// Two topics of Bob's, who isn't even there. In version 1 the least deep of those stands.
    @Test
    void aMergeThatIsNotResolvedByDepthIsNoticedInVersion1() {
        var room = room("1", RecomputedState::new);
        room.add(state("first", "m.room.topic", "").by(BOB).depth(2));
        var first = room.current();
        room.add(state("second", "m.room.topic", "").by(BOB).depth(3));
        var second = room.current();
        var fork = message("fork").after("first").in(room.id);
        room.commit(
                room.next()
                        .live(fork, first, first)
                        .extremities(room.tip(), fork.id())
                        .current(first));
        var merge = message("merge").after("second", "fork").in(room.id);
        room.commit(room.next().live(merge, first, first).current(first), merge);
        assertThat(found()).isEmpty();

        var other = message("other").after("second", "fork").in(room.id);
        room.commit(room.next().live(other, second, second).current(first), other);

        assertThat(found()).first().asString().contains("a state before m.room.message", "$other");
    }

    @Test
    void upToVersion2AnEventThatTheServerInItsIdDidNotSignIsNoticed() {
        simulation.add(new ServerName("beta"));
        var room = room("1", _ -> new Observer() {});
        var check = new NothingForged(simulation);
        var event = room.following(message("hello"));
        var id = new EventId("$hello:beta");

        check.onCommit(
                simulation.server(StoresUnderTest.LOCAL).disk(),
                room.with(room.next(), changed(event, id, "event_id", id.value())).build());

        assertThat(found())
                .anyMatch(it -> it.contains("which the server in its ID did not sign"))
                .noneMatch(it -> it.contains("whose ID is another's"));
    }

    @Test
    void upToVersion5AnEventCanBeDeeper() {
        var deep = message("deep").depth(WithinLimits.DEPTH_MAX + 1);
        add("5", deep);
        assertThat(found()).isEmpty();

        add("6", deep);

        assertThat(found()).singleElement().asString().contains("$deep has a depth");
    }

    @Test
    void anEventFromBeforeTheFirstIsNoticed() {
        add("5", message("early").depth(-1));

        assertThat(found()).singleElement().asString().contains("$early has a depth below 0");
    }

    private void add(String version, SampleEvent event) {
        room(version, WithinLimits::new).add(event);
    }
}
