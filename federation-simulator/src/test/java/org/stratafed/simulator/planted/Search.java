package org.stratafed.simulator.planted;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.host.EngineFactory;
import org.stratafed.simulator.scenario.ScenarioFailure;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.workload.Catalog;

/// Looks for the failure that a planted fault is to be found by.
final class Search {

    /// How many seeds are run before what was found is looked at.
    private static final int AT_ONCE = 4;

    private Search() {}

    /// The first one that says what the fault is found by, or nothing if there is none.
    static Optional<ScenarioFailure> by(PlantedFault fault) throws ReflectiveOperationException {
        var engines = TamperedCode.enginesWith(fault);
        for (int from = 1; from <= fault.seedsMax(); from += AT_ONCE) {
            var seeds = new Seeds(from, Math.min(from + AT_ONCE - 1, fault.seedsMax()));
            var found = in(seeds, fault, engines);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ScenarioFailure> in(
            Seeds seeds, PlantedFault fault, EngineFactory engines) {
        return new Campaign(
                        Catalog.named(fault.scenario()),
                        seeds,
                        new PrintStream(OutputStream.nullOutputStream()))
                .with(() -> engines).run().failures().stream()
                        .filter(failure -> failure.getMessage().contains(fault.finding()))
                        .findFirst();
    }
}
