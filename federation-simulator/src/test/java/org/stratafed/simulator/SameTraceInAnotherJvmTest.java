package org.stratafed.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.scenario.Seeds;
import org.stratafed.simulator.workload.Catalog;

/// What only shows between two JVMs: some of Java's orders are salted anew at each start.
class SameTraceInAnotherJvmTest {

    private static final Seeds SEEDS = new Seeds(1, 3);
    private static final List<String> SCENARIOS =
            List.of("chaos", "conflict/powers", "backfill/fork", "outage/join");
    private static final long SECONDS_MAX = 300;

    @Test
    void aSeedGivesTheSameTraceInAnotherJvm() throws Exception {
        for (var name : SCENARIOS) {
            assertThat(hashesThere(name)).as(name).isEqualTo(hashesHere(name));
        }
    }

    private static List<String> hashesHere(String name) {
        var hashes = new ArrayList<String>();
        var signatures = Scenario.signatures();
        for (long seed = SEEDS.from(); seed <= SEEDS.to(); seed++) {
            var trace = Trace.silent();
            Catalog.named(name).getFirst().run(seed, signatures, trace);
            hashes.add("# trace hash %016x".formatted(trace.hash()));
        }
        return hashes;
    }

    private static List<String> hashesThere(String name) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                SimulatorMain.class.getName(),
                                "--scenario",
                                name,
                                "--seeds",
                                SEEDS.toString(),
                                "--trace",
                                String.valueOf(Long.MAX_VALUE))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var output = process.inputReader(UTF_8)) {
            var hashes = output.lines().filter(line -> line.startsWith("# trace hash")).toList();
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            return hashes;
        }
    }
}
