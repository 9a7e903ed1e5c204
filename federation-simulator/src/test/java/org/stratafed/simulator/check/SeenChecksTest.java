package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;

/// What an application is shown, made wrong.
class SeenChecksTest {

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());

    @Test
    void whatIsShownBeforeItIsDurableAndWhatIsShownTwiceIsNoticed() {
        var server = simulation.add(new ServerName("alpha"));
        var check = new ShownOnce(simulation.violations());
        var event =
                new TimelineEvent(
                        message("hello").in(new RoomId("!lobby:alpha")),
                        OptionalLong.of(7),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        check.onShown(server, event);
        assertThat(simulation.violations().texts())
                .singleElement()
                .asString()
                .contains("before it is durable");
        check.onShown(server, event);

        assertThat(simulation.violations().texts()).anyMatch(it -> it.endsWith("twice"));
    }
}
