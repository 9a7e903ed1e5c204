package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.hostile.HostileBehaviour;
import org.stratafed.simulator.scenario.Seeds;

class HostilityScenarioTest {

    private static final String SWARM = "hostile/swarm";
    private static final long SEEDS = 1_000;

    @TestFactory
    Stream<DynamicTest> eachHoldsAndDoesHappen() {
        return Arrays.stream(HostileBehaviour.values())
                .map(it -> dynamicTest(it.toString(), () -> holds(it)));
    }

    private static void holds(HostileBehaviour behaviour) {
        var report = campaign(behaviour.title(), 2).twiceEvery(2).run();
        assertThat(report.failures()).isEmpty();
        assertThat(report.coverage().of(behaviour.title())).isEqualTo(3);
    }

    @Test
    void theSwarmHoldsWithThemAmongItsTroublesAndDrawsThemAll() {
        var report = campaign(SWARM, SEEDS).twiceEvery(10).run();
        System.out.print(report.coverage());
        assertThat(report.failures()).isEmpty();
        assertThat(report.coverage().missing(Swarm.drawnWithHostile())).isEmpty();
    }

    private static Campaign campaign(String name, long seeds) {
        return new Campaign(Catalog.named(name), new Seeds(1, seeds), System.out);
    }
}
