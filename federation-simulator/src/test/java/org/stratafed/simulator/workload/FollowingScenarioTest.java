package org.stratafed.simulator.workload;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FollowingScenarioTest {

    @TestFactory
    Stream<DynamicTest> holdsForSeeds() {
        return Catalog.named("following").stream()
                .map(it -> dynamicTest(it.title(), () -> it.holdsForSeeds(1, 8)));
    }
}
