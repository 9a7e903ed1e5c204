package org.stratafed.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.stratafed.api.spi.Signatures;
import org.stratafed.simulator.host.Coverage;
import org.stratafed.simulator.host.EngineFactory;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.scenario.ScenarioFailure;
import org.stratafed.simulator.scenario.Seeds;

/// Scenarios run with many seeds, on all cores. Whatever runs in one thread knows nothing of the
/// others, so how many there are changes no run.
public final class Campaign {

    private final List<Scenario> scenarios;
    private final Seeds seeds;
    private final long twiceEvery;
    private final int failuresMax;
    private final Supplier<EngineFactory> engines;
    private final ProgressLine progress;
    private final AtomicLong nextSeed;

    private Campaign(
            List<Scenario> scenarios,
            Seeds seeds,
            long twiceEvery,
            int failuresMax,
            Supplier<EngineFactory> engines,
            PrintStream out) {
        this.scenarios = List.copyOf(scenarios);
        this.seeds = seeds;
        this.twiceEvery = twiceEvery;
        this.failuresMax = failuresMax;
        this.engines = engines;
        progress = new ProgressLine(out, seeds);
        nextSeed = new AtomicLong(seeds.from());
    }

    /// Scenarios with the production engine.
    ///
    /// @param out where progress is shown
    public Campaign(List<Scenario> scenarios, Seeds seeds, PrintStream out) {
        this(scenarios, seeds, Long.MAX_VALUE, 20, () -> EngineFactory.PRODUCTION, out);
    }

    /// The same, with one in so many seeds run twice: the traces have to be the same.
    public Campaign twiceEvery(long seeds) {
        return new Campaign(scenarios, this.seeds, seeds, failuresMax, engines, progress.out());
    }

    /// The same, until so many runs have failed.
    public Campaign until(int failures) {
        return new Campaign(scenarios, seeds, twiceEvery, failures, engines, progress.out());
    }

    /// The same, with engines of somebody's own.
    ///
    /// @param engines asked once by each thread
    public Campaign with(Supplier<EngineFactory> engines) {
        return new Campaign(scenarios, seeds, twiceEvery, failuresMax, engines, progress.out());
    }

    /// How it went.
    ///
    /// @param failures in the order of their seeds
    /// @param summary seeds, speed and time in one line
    public record Report(
            List<ScenarioFailure> failures,
            Coverage coverage,
            long seeds,
            Duration virtual,
            Duration real,
            String summary) {}

    /// To be called once.
    public Report run() {
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            workers.add(Thread.ofPlatform().name("simulation-" + i).start(this::work));
        }
        try {
            for (var worker : workers) {
                worker.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return progress.end();
    }

    private void work() {
        var worker = new Worker(engines.get());
        long seed = nextSeed.getAndIncrement();
        while (seed <= seeds.to() && progress.failures() < failuresMax) {
            for (var scenario : scenarios) {
                worker.run(scenario, seed);
            }
            progress.seedDone();
            seed = nextSeed.getAndIncrement();
        }
    }

    /// What one thread keeps from run to run.
    private final class Worker {

        private final EngineFactory engine;
        private final Signatures signatures = Scenario.signatures();

        private Worker(EngineFactory engine) {
            this.engine = engine;
        }

        private void run(Scenario scenario, long seed) {
            try {
                var first = Trace.silent();
                progress.add(scenario.run(seed, signatures, engine, first));
                if (seed % twiceEvery == 0) {
                    var second = Trace.silent();
                    progress.add(scenario.run(seed, signatures, engine, second));
                    scenario.requireSame(seed, first, second);
                }
            } catch (ScenarioFailure failure) {
                progress.fail(failure);
            }
        }
    }
}
