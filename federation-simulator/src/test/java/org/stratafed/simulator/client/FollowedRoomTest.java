package org.stratafed.simulator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.SyncAnswer.RoomUpdate;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.UserId;
import org.stratafed.contract.SampleEvent;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.RoomTable;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// What a client is told of a room, made wrong.
class FollowedRoomTest {

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());
    private final SimServer server = simulation.add(StoresUnderTest.LOCAL);
    private final SampleRoom room =
            SampleRoom.created(new SimStoresUnderTest(simulation.time(), server.disk()), "lobby");
    private final FollowedRoom followed =
            new FollowedRoom(
                    simulation.violations(), server, new UserId(SampleEvent.ALICE), room.id);

    private RoomTable table() {
        return server.disk().room(room.id).orElseThrow();
    }

    private TimelineEvent stored(String name) {
        var event = table().event(SampleEvent.id(name)).orElseThrow();
        return new TimelineEvent(
                event.pdu(),
                event.position(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private RoomUpdate update(boolean limited, String... events) {
        var timeline = Arrays.stream(events).map(this::stored).toList();
        return new RoomUpdate(timeline, limited, "", List.of(), Optional.empty());
    }

    private List<String> found() {
        return simulation.violations().texts();
    }

    @Test
    void whatIsShownAgainIsNoticed() {
        room.add(message("hello"));
        followed.take(update(false, "lobby-create", "hello"), true);
        assertThat(found()).isEmpty();

        followed.take(update(false, "hello"), true);

        assertThat(found()).singleElement().asString().contains("is shown m.room.message", "again");
    }

    @Test
    void whatIsLeftOutWithoutAWordIsNoticed() {
        followed.take(update(false, "lobby-create"), true);
        room.add(message("hello"));
        room.add(message("hello again"));
        followed.take(update(true, "hello again"), true);
        assertThat(found()).isEmpty();

        room.add(message("skipped"));
        room.add(message("last"));
        followed.take(update(false, "last"), true);

        assertThat(found()).singleElement().asString().contains("is not shown [$skipped]");
    }

    /// Who is told that there is more before the first event asks for it.
    @Test
    void aGapThatNobodyTellsOfIsNoticed() {
        room.add(message("beside").after("nowhere").in(room.id));
        followed.take(update(true, "beside"), true);
        assertThat(found()).isEmpty();

        room.add(message("further").after("nowhere-else").in(room.id));
        followed.take(update(false, "further"), true);

        assertThat(found()).singleElement().asString().contains("is missing before m.room.message");
    }

    @Test
    void whoWaitsWhileThereIsSomethingNewIsNoticed() {
        followed.take(update(false, "lobby-create"), true);
        followed.checkUpToDate(table());
        assertThat(found()).isEmpty();

        room.add(message("hello"));
        followed.checkUpToDate(table());

        assertThat(found()).singleElement().asString().contains("is not told what is new");
    }

    @Test
    void stateThatIsNeverToldIsNoticed() {
        room.add(state("topic", "m.room.topic", ""));
        room.add(message("hello"));

        followed.take(update(true, "hello"), true);
        followed.checkUpToDate(table());

        assertThat(found())
                .satisfiesExactly(
                        it ->
                                assertThat(it)
                                        .contains("not been told of the state", "m.room.create"),
                        it ->
                                assertThat(it)
                                        .contains("not been told of the state", "m.room.topic"));
    }

    @Test
    void whoIsNotToldThatHeLeftIsNoticed() {
        followed.take(update(false, "lobby-create"), true);
        followed.checkLeft();

        assertThat(found()).singleElement().asString().contains("that he is no longer in");
    }
}
