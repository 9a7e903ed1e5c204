package org.stratafed.simulator;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.spi.Signatures;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.scenario.ScenarioFailure;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.workload.Catalog;

/// `./strata sim`: runs scenarios with many seeds, on all cores.
public final class SimulatorMain {

    private static final String USAGE =
            """
            usage: ./strata sim [--seeds A..B] [--scenario NAME] [--trace LINE]
              without any of them: a tour, one seed of each scenario and 200 of the swarm
              --seeds     which seeds to run, 1..100 unless said otherwise
              --scenario  one of those below, or the part before the slash for several
              --trace     prints what happens, from this line of the trace on
            scenarios:""";

    private static final int TOUR_SWARM_SEEDS = 200;

    private final List<Scenario> scenarios;
    private final Seeds seeds;

    private SimulatorMain(List<Scenario> scenarios, Seeds seeds) {
        this.scenarios = scenarios;
        this.seeds = seeds;
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        try {
            if (args.length == 0) {
                return tour();
            }
            var arguments = Arguments.parse(args);
            var scenarios = arguments.scenario().map(Catalog::named).orElseGet(Catalog::all);
            if (scenarios.isEmpty()) {
                throw new IllegalArgumentException("no scenario " + arguments.scenario().get());
            }
            var main = new SimulatorMain(scenarios, arguments.seeds());
            return arguments.traceFrom().isPresent()
                    ? main.trace(arguments.traceFrom().get())
                    : main.runAll();
        } catch (IllegalArgumentException mistake) {
            System.err.println("strata sim: " + mistake.getMessage());
            System.err.println(USAGE);
            Catalog.all().forEach(it -> System.err.printf("  %-24s %s%n", it.name(), it.title()));
            return 2;
        }
    }

    /// Each scenario once, by its title, and then the swarm with what it drew.
    private static int tour() {
        boolean holds = true;
        for (var scenario : Catalog.all()) {
            boolean isSwarm = scenario.name().equals("swarm");
            System.err.println("# " + scenario.name() + ": " + scenario.title());
            var seeds = new Seeds(1, isSwarm ? TOUR_SWARM_SEEDS : 1);
            var report = new Campaign(List.of(scenario), seeds, System.err).run();
            holds &= report.failures().isEmpty();
            if (isSwarm) {
                System.err.print(report.coverage());
            }
        }
        return holds ? 0 : 1;
    }

    /// Prints what happens, one run after the other, until one fails.
    private int trace(long line) {
        var progress = new ProgressLine(System.err, seeds);
        var signatures = Scenario.signatures();
        for (long seed = seeds.from(); seed <= seeds.to() && progress.failures() == 0; seed++) {
            for (var scenario : scenarios) {
                if (progress.failures() == 0) {
                    trace(scenario, seed, signatures, line, progress);
                }
            }
            progress.seedDone();
        }
        return progress.end().failures().isEmpty() ? 0 : 1;
    }

    private static void trace(
            Scenario scenario, long seed, Signatures signatures, long line, ProgressLine progress) {
        System.out.println("# " + scenario.name() + ", seed " + seed);
        var trace = Trace.printingFrom(line, System.out::println);
        try {
            progress.add(scenario.run(seed, signatures, trace));
            System.out.printf("# trace hash %016x%n", trace.hash());
        } catch (ScenarioFailure failure) {
            progress.fail(failure);
            Optional.ofNullable(failure.getCause()).ifPresent(Throwable::printStackTrace);
        }
    }

    private int runAll() {
        var report = new Campaign(scenarios, seeds, System.err).run();
        System.err.print(report.coverage());
        return report.failures().isEmpty() ? 0 : 1;
    }

    private record Arguments(Seeds seeds, Optional<String> scenario, Optional<Long> traceFrom) {

        private static Arguments parse(String[] args) {
            var arguments = new Arguments(new Seeds(1, 100), Optional.empty(), Optional.empty());
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    throw new IllegalArgumentException(args[i] + " what?");
                }
                arguments = arguments.with(args[i], args[i + 1]);
            }
            return arguments;
        }

        private Arguments with(String name, String value) {
            return switch (name) {
                case "--seeds" -> new Arguments(Seeds.parse(value), scenario, traceFrom);
                case "--scenario" -> new Arguments(seeds, Optional.of(value), traceFrom);
                case "--trace" ->
                        new Arguments(seeds, scenario, Optional.of(Long.parseLong(value)));
                default -> throw new IllegalArgumentException("no such option: " + name);
            };
        }
    }
}
