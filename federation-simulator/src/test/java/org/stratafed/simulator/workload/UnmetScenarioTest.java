package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.stratafed.simulator.scenario.ScenarioFailure;

/// What is known not to hold. Once one of these does, it belongs among the others: this test fails
/// then, to say so.
class UnmetScenarioTest {

    @TestFactory
    Stream<DynamicTest> doesNotHoldYet() {
        return Catalog.unmet().stream()
                .map(
                        it ->
                                dynamicTest(
                                        it.title(),
                                        () ->
                                                assertThatThrownBy(() -> it.holdsForSeeds(1, 1))
                                                        .isInstanceOf(ScenarioFailure.class)
                                                        .hasMessageContaining("replay: ")));
    }
}
