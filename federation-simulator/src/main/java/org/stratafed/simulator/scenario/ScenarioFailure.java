package org.stratafed.simulator.scenario;

/// A scenario that doesn't hold, with the line that replays it.
public final class ScenarioFailure extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final long seed;

    ScenarioFailure(Scenario scenario, long seed, String step, Throwable cause) {
        super(
                """
                %s
                  seed %d, %s
                  %s
                  replay: %s"""
                        .formatted(
                                scenario.title(),
                                seed,
                                step,
                                cause.getMessage(),
                                replay(scenario, seed)),
                cause);
        this.seed = seed;
    }

    public long seed() {
        return seed;
    }

    private static String replay(Scenario scenario, long seed) {
        var seeds = new Seeds(seed, seed);
        return scenario.name().isEmpty()
                ? "run its test with -Dstrata.sim.seeds=%s -Dstrata.sim.trace=1".formatted(seeds)
                : "./strata sim --scenario %s --seeds %s --trace 1"
                        .formatted(scenario.name(), seeds);
    }
}
