package org.stratafed.simulator.workload;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DoorsScenarioTest {

    @TestFactory
    Stream<DynamicTest> holdsForSeeds() {
        return Stream.of("knock", "restricted")
                .flatMap(kind -> Catalog.named(kind).stream())
                .map(it -> dynamicTest(it.title(), () -> it.holdsForSeeds(1, 20)));
    }
}
