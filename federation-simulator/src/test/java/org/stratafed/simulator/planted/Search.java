package org.stratafed.simulator.planted;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import org.stratafed.simulator.Campaign;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.workload.Catalog;

/// Looks for a failure, with whatever code it was loaded with.
final class Search implements Function<List<String>, String> {

    /// What the first failure says, or nothing if there is none.
    ///
    /// @param question the scenario and the last seed
    @Override
    public String apply(List<String> question) {
        var seeds = new Seeds(1, Long.parseLong(question.getLast()));
        return new Campaign(
                        Catalog.named(question.getFirst()),
                        seeds,
                        new PrintStream(OutputStream.nullOutputStream()))
                .until(1).run().failures().stream()
                        .findFirst()
                        .map(failure -> "seed " + failure.seed() + "\n" + failure.getMessage())
                        .orElse("");
    }
}
