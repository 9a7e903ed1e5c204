package org.stratafed.simulator.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.simulator.host.EngineFactory;
import org.stratafed.simulator.host.MemoizedSignatures;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;

/// A story about virtual servers: what is so, what happens, and what has to be so in the end. One
/// seed decides everything that it leaves open.
///
/// @param name how `./strata sim` calls it; empty for one that only its test knows
public record Scenario(
        String title, String name, List<Given> given, List<When> when, List<Then> then) {

    /// Restricts which seeds are run (`17` or `17..20`), to replay one that failed.
    private static final String SEEDS_PROPERTY = "strata.sim.seeds";

    /// Prints the trace from this line on.
    private static final String TRACE_PROPERTY = "strata.sim.trace";

    public static Scenario scenario(String title) {
        return new Scenario(title, "", List.of(), List.of(), List.of());
    }

    public Scenario named(String name) {
        return new Scenario(title, name, given, when, then);
    }

    public Scenario given(Given... steps) {
        return new Scenario(title, name, appended(given, steps), when, then);
    }

    public Scenario when(When... steps) {
        return new Scenario(title, name, given, appended(when, steps), then);
    }

    public Scenario then(Then... steps) {
        return new Scenario(title, name, given, when, appended(then, steps));
    }

    private static <T> List<T> appended(List<T> steps, T[] more) {
        return Stream.concat(steps.stream(), Arrays.stream(more)).toList();
    }

    /// Runs it with one seed. Throws a [ScenarioFailure] if it doesn't hold.
    public Outcome run(long seed, Signatures signatures, Trace trace) {
        return run(seed, signatures, EngineFactory.PRODUCTION, trace);
    }

    /// The same with another engine.
    public Outcome run(long seed, Signatures signatures, EngineFactory engines, Trace trace) {
        return new Run(this, seed, new Simulation(seed, signatures, engines, trace)).perform();
    }

    /// Runs it twice with each of these seeds: it has to hold, and to be the same both times.
    public void holdsForSeeds(long from, long to) {
        var seeds =
                Optional.ofNullable(System.getProperty(SEEDS_PROPERTY))
                        .map(Seeds::parse)
                        .orElse(new Seeds(from, to));
        var signatures = signatures();
        for (long seed = seeds.from(); seed <= seeds.to(); seed++) {
            holdsTwice(seed, signatures);
        }
    }

    /// What the runs of one scenario share: signatures, made and verified once.
    public static Signatures signatures() {
        return new MemoizedSignatures(SignatureProviders.fastest());
    }

    private void holdsTwice(long seed, Signatures signatures) {
        var first = trace();
        run(seed, signatures, first);
        var second = Trace.silent();
        run(seed, signatures, second);
        requireSame(seed, first, second);
    }

    /// Fails unless two runs with one seed were the same.
    public void requireSame(long seed, Trace first, Trace second) {
        if (first.hash() != second.hash()) {
            throw new ScenarioFailure(
                    this,
                    seed,
                    "twice",
                    new AssertionError(
                            "two runs differ from line " + first.firstDifference(second) + " on"));
        }
    }

    private static Trace trace() {
        return Optional.ofNullable(System.getProperty(TRACE_PROPERTY))
                .map(line -> Trace.printingFrom(Long.parseLong(line), System.out::println))
                .orElseGet(Trace::silent);
    }
}
