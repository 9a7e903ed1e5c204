package org.stratafed.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class SpeedOfEveryRunTest {

    private static final String SPEED =
            "(?s).*1 of 1 seeds, 1 runs, .* seeds/s, 0:\\d\\d:\\d\\d h of virtual time"
                    + " \\([\\d,.]+ ×\\).*";

    @Test
    void aRunSaysHowMuchFasterThanTimeItWas() {
        assertThat(errorsOf("--scenario", "swarm", "--seeds", "1..1")).matches(SPEED);
    }

    @Test
    void soDoesOneThatIsTraced() {
        var last = String.valueOf(Long.MAX_VALUE);
        assertThat(errorsOf("--scenario", "swarm", "--seeds", "1..1", "--trace", last))
                .matches(SPEED);
    }

    private static String errorsOf(String... arguments) {
        var before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            int code = SimulatorMain.run(arguments);
            assertThat(code).as(() -> bytes.toString(UTF_8)).isZero();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }
}
