package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.host.Coverage;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.swarm.Trouble;

class SwarmScenarioTest {

    /// Overrides which seeds are run.
    private static final String SEEDS_PROPERTY = "strata.sim.seeds";

    private static final String SEEDS = "1..1000";

    @Test
    void aThousandSeedsHoldAndBetweenThemDrawEverythingThereIs() {
        var asked = System.getProperty(SEEDS_PROPERTY, SEEDS);
        var report =
                new Campaign(Catalog.named("swarm"), Seeds.parse(asked), System.out)
                        .twiceEvery(10)
                        .run();
        System.out.print(report.coverage());
        assertThat(report.failures()).isEmpty();
        if (asked.equals(SEEDS)) {
            assertThat(report.coverage().missing(Swarm.drawn())).isEmpty();
        }
    }

    @Test
    void whatIsNeverDrawnIsNoticed() {
        var coverage = new Coverage();
        coverage.count("fault/partition");
        assertThat(coverage.missing(List.of("fault/partition", "fault/crash")))
                .containsExactly("fault/crash");
        assertThat(coverage.missing(Swarm.drawn()))
                .contains("fault/crash", "deed/says", "room-version/12")
                .doesNotContain("fault/partition");
    }

    @Test
    void aRunThatFailsNamesItsSeedAndTheLineThatReplaysIt() {
        var campaign = new Campaign(List.of(broken()), new Seeds(7, 9), System.out).until(1);
        assertThat(campaign.run().failures())
                .isNotEmpty()
                .allSatisfy(
                        failure ->
                                assertThat(failure)
                                        .hasMessageContaining("somebody slipped")
                                        .hasMessageContaining(
                                                "replay: ./strata sim --scenario slip --seeds "
                                                        + failure.seed()));
    }

    private static Scenario broken() {
        return Swarm.of("slip", List.of(new Slip()));
    }

    /// A trouble that nobody could cope with.
    private record Slip() implements Trouble {

        @Override
        public String title() {
            return "fault/slip";
        }

        @Override
        public boolean strike(Stage stage, SimRandom random) {
            stage.simulation().violations().add("somebody slipped");
            return true;
        }
    }
}
