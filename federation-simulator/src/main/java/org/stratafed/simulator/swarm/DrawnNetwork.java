package org.stratafed.simulator.swarm;

import java.time.Duration;
import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Steps;

/// A network that is near, far or poor, as chance has it.
public record DrawnNetwork() implements Given {

    private static final Quality FAR =
            Quality.GOOD.withLatency(Duration.ofMillis(100), Duration.ofMillis(250));

    private static final List<Quality> QUALITIES = List.of(Quality.GOOD, FAR, Quality.POOR);

    @Override
    public void establish(Stage stage) {
        var random = stage.simulation().random().split("quality");
        Steps.network(QUALITIES.get(random.nextInt(QUALITIES.size()))).establish(stage);
    }

    @Override
    public String toString() {
        return "some network";
    }
}
