package org.stratafed.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratafed.simulator.host.EngineFactory;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.store.SharedValues;
import org.stratafed.simulator.workload.Catalog;

class SharingTest {

    @Test
    void aCrowdDoesTheSameWhetherItsServersShareOrNot() {
        assertSameTraces("crowd/20", 3);
    }

    @Test
    void theSwarmDoesTheSameWhetherItsServersShareOrNot() {
        for (long seed = 1; seed <= 20; seed++) {
            assertSameTraces("swarm", seed);
            assertSameTraces("hostile/swarm", seed);
        }
    }

    private static void assertSameTraces(String scenario, long seed) {
        var sharing = trace(scenario, seed, SharedValues.sharing());
        var alone = trace(scenario, seed, SharedValues.none());
        assertThat(sharing.hash())
                .as("%s, seed %d, line %d", scenario, seed, sharing.firstDifference(alone))
                .isEqualTo(alone.hash());
    }

    private static Trace trace(String name, long seed, SharedValues shared) {
        var scenario = Catalog.named(name).getFirst();
        var trace = Trace.silent();
        var simulation =
                new Simulation(
                        seed, Scenario.signatures(), EngineFactory.PRODUCTION, trace, shared);
        new Run(scenario, seed, simulation).perform();
        return trace;
    }
}
