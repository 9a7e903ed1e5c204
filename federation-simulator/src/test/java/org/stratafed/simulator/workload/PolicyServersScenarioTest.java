package org.stratafed.simulator.workload;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PolicyServersScenarioTest {

    @TestFactory
    Stream<DynamicTest> holdsForSeeds() {
        return Catalog.named("policy").stream()
                .map(it -> dynamicTest(it.title(), () -> it.holdsForSeeds(1, 20)));
    }
}
