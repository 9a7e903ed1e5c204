package org.stratafed.simulator.workload;

import java.util.List;
import java.util.stream.Stream;
import org.stratafed.simulator.scenario.Scenario;

/// The scenarios that `./strata sim` knows by name. A name with a slash is one of several of its
/// kind: what stands before it names them all.
public final class Catalog {

    private Catalog() {}

    public static List<Scenario> all() {
        return Stream.of(
                        Deduplication.scenarios(),
                        Backfill.scenarios(),
                        MissingPdu.scenarios(),
                        Disagreement.scenarios(),
                        Outage.scenarios(),
                        Crowd.scenarios())
                .flatMap(List::stream)
                .toList();
    }

    /// The scenario of this name, or all whose names begin with it and a slash.
    public static List<Scenario> named(String name) {
        return all().stream()
                .filter(it -> it.name().equals(name) || it.name().startsWith(name + "/"))
                .toList();
    }
}
