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
                        War.scenarios(),
                        Outage.scenarios(),
                        AccessControl.scenarios(),
                        Doors.scenarios(),
                        PolicyServers.scenarios(),
                        Following.scenarios(),
                        Crowd.scenarios(),
                        Hostility.scenarios(),
                        Swarm.scenarios())
                .flatMap(List::stream)
                .toList();
    }

    /// Scenarios that don't hold yet. They are run when they are asked for by name.
    public static List<Scenario> unmet() {
        return List.of();
    }

    /// Scenarios that take too long to be run with all the others, and are when asked for by name.
    private static List<Scenario> huge() {
        return List.of(Crowd.huge());
    }

    /// The scenario of this name, or all whose names begin with it and a slash.
    public static List<Scenario> named(String name) {
        return Stream.concat(
                        all().stream()
                                .filter(
                                        it ->
                                                it.name().equals(name)
                                                        || it.name().startsWith(name + "/")),
                        Stream.of(unmet(), huge())
                                .flatMap(List::stream)
                                .filter(it -> it.name().equals(name)))
                .toList();
    }
}
