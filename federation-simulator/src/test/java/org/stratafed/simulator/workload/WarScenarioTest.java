package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.scenario.Seeds;

class WarScenarioTest {

    private static final long SEEDS = 100;

    @Test
    void everySeedHoldsAndBetweenThemEverythingIsDone() {
        var report =
                new Campaign(Catalog.named("war"), new Seeds(1, SEEDS), System.out)
                        .twiceEvery(20)
                        .run();
        System.out.print(report.coverage());
        assertThat(report.failures()).isEmpty();
        assertThat(report.coverage().missing(War.drawn())).isEmpty();
    }
}
