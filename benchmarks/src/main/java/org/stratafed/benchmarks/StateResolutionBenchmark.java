package org.stratafed.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stratafed.api.model.room.StateMap;

/// What it costs to make one state of several: what the conflict costs, not what the room costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StateResolutionBenchmark {

    /// What is resolved: how many members the room has, where they matter.
    @Param({
        "2x50-settings-of-1000",
        "2x50-settings-of-10000",
        "2x50-settings-of-50000",
        "10x200-bans",
        "2x500-power-levels"
    })
    public String conflict;

    private Forks forks;

    @Setup
    public void fork() {
        forks =
                switch (conflict) {
                    case "2x50-settings-of-1000" -> Forks.settings(1_000, 50);
                    case "2x50-settings-of-10000" -> Forks.settings(10_000, 50);
                    case "2x50-settings-of-50000" -> Forks.settings(50_000, 50);
                    case "10x200-bans" -> Forks.bans(10, 200);
                    case "2x500-power-levels" -> Forks.powerWar(500);
                    default -> throw new IllegalArgumentException("no such conflict: " + conflict);
                };
    }

    @Benchmark
    public StateMap resolve() {
        return forks.resolve();
    }
}
