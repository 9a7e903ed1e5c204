package org.stratafed.simulator.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each planted fault is found, within the seeds that it may take. Prints the rows of the table in
/// docs/simulator.md. With `-Dstrata.planted=retry`, those with such a word in their titles are
/// looked for, and what was found is printed.
class PlantedFaultsTest {

    private static final String WANTED = System.getProperty("strata.planted", "");

    @TestFactory
    Stream<DynamicTest> isFound() {
        return PlantedFaults.ALL.stream()
                .filter(fault -> fault.title().contains(WANTED))
                .map(fault -> dynamicTest(fault.title(), () -> assertFound(fault)));
    }

    private static void assertFound(PlantedFault fault) throws ReflectiveOperationException {
        var found = Search.by(fault);
        assertThat(found)
                .as("%s, in %s, by: %s", fault.title(), fault.seam(), fault.finding())
                .isPresent();
        if (!WANTED.isEmpty()) {
            System.out.println(found.get().getMessage());
        }
        System.out.println(fault.row(String.valueOf(found.get().seed())));
    }
}
