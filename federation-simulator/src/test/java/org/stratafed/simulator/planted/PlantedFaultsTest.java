package org.stratafed.simulator.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each planted fault is found, within the seeds that it may take.
class PlantedFaultsTest {

    @TestFactory
    Stream<DynamicTest> isFound() {
        return wanted().stream().map(fault -> dynamicTest(fault.title(), () -> assertFound(fault)));
    }

    private static List<PlantedFault> wanted() {
        return "all".equals(System.getProperty("strata.planted"))
                ? PlantedFaults.ALL
                : PlantedFaults.found();
    }

    private static void assertFound(PlantedFault fault) throws ReflectiveOperationException {
        var found =
                search(TamperedCode.with(fault))
                        .apply(List.of(fault.scenario(), String.valueOf(fault.seedsMax())));
        System.out.println(fault.title() + ": " + found.replace("\n", " | "));
        assertThat(found)
                .as("%s, in %s#%s", fault.title(), fault.target(), fault.method())
                .contains(fault.finding())
                .isNotEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Function<List<String>, String> search(ClassLoader code)
            throws ReflectiveOperationException {
        var constructor = code.loadClass(Search.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Function<List<String>, String>) constructor.newInstance();
    }
}
