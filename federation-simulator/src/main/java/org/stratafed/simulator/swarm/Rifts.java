package org.stratafed.simulator.swarm;

import java.time.Duration;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.When;

/// Again and again nothing passes between one part of the servers and the other, for a while of
/// chance's choice: both go on, each in a room of its own, and meet again.
///
/// @param count how often, at the same distance from each other
public record Rifts(int count, Duration over) implements When {

    @Override
    public void begin(Stage stage) {
        var random = stage.simulation().random().split("rifts");
        for (int i = 0; i < count; i++) {
            var its = random.split("rift " + i);
            stage.later(
                    over.multipliedBy(i).dividedBy(count),
                    () -> {
                        stage.simulation().note("a rift");
                        NetworkFault.SPLIT.strike(stage, its);
                    });
        }
    }

    @Override
    public String toString() {
        return "the servers part " + count + " times within " + over;
    }
}
