package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;

class CrowdScenarioTest {

    @Test
    void twentyServersInOneRoom() {
        Catalog.named("crowd/20").getFirst().holdsForSeeds(1, 2);
    }

    /// Once, since it takes its time.
    @Test
    void twoHundredServersInOneRoom() {
        var scenario = Catalog.named("crowd/200").getFirst();
        var outcome = scenario.run(1, Scenario.signatures(), Trace.silent());
        assertThat(outcome.virtual()).isLessThan(Duration.ofHours(1));
    }
}
