package org.stratafed.simulator.planted;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.scenario.ScenarioFailure;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.workload.Catalog;

/// Looks for a failure that a planted fault leads to.
final class Search {

    private Search() {}

    /// The first one, or nothing if there is none.
    static Optional<ScenarioFailure> by(PlantedFault fault) throws ReflectiveOperationException {
        var engines = TamperedCode.enginesWith(fault);
        return new Campaign(
                        Catalog.named(fault.scenario()),
                        new Seeds(1, fault.seedsMax()),
                        new PrintStream(OutputStream.nullOutputStream()))
                .with(() -> engines).until(1).run().failures().stream().findFirst();
    }
}
