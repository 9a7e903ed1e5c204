package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// What an application is shown, made wrong.
class SeenChecksTest {

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());

    private static TimelineEvent shown(Pdu event, long position) {
        return new TimelineEvent(
                event,
                OptionalLong.of(position),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whatIsShownBeforeItIsDurableAndWhatIsShownTwiceIsNoticed() {
        var server = simulation.add(new ServerName("alpha"));
        var check = new ShownOnce(simulation.violations());
        var event = shown(message("hello").in(new RoomId("!lobby:alpha")), 7);

        check.onShown(server, event);
        assertThat(simulation.violations().texts())
                .singleElement()
                .asString()
                .contains("before it is durable");
        check.onShown(server, event);

        assertThat(simulation.violations().texts()).anyMatch(it -> it.endsWith("twice"));
    }

    @Test
    void whatIsShownOutOfOrderIsNoticed() {
        var server = simulation.add(new ServerName("alpha"));
        var check = new ShownOnce(simulation.violations());

        check.onShown(server, shown(message("hello").in(new RoomId("!lobby:alpha")), 0));

        assertThat(simulation.violations().texts()).first().asString().endsWith("out of order");
    }

    /// Nobody told the application of what came to the disk.
    @Test
    void whatIsNeverShownIsNoticed() {
        var server = simulation.add(StoresUnderTest.LOCAL);
        var check = new ShownOnce(simulation.violations());
        check.onQuiet(simulation);
        assertThat(simulation.violations().texts()).isEmpty();

        SampleRoom.created(new SimStoresUnderTest(simulation.time(), server.disk()), "lobby");
        check.onQuiet(simulation);

        assertThat(simulation.violations().texts())
                .singleElement()
                .asString()
                .contains("has not shown m.room.create");
    }
}
