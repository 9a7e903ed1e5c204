package org.stratafed.simulator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimRandomTest {

    /// If these change, no seed that anybody wrote down means what it meant.
    @Test
    void aSeedMeansTheSameForever() {
        var random = new SimRandom(42);

        assertThat(LongStream.generate(random::nextLong).limit(3).toArray())
                .containsExactly(1546998764402558742L, 6990951692964543102L, -5902157311460992607L);
    }

    @Test
    void askingOneSourceMoreOftenChangesNoOther() {
        var one = new SimRandom(7);
        var other = new SimRandom(7);
        other.nextLong();

        assertThat(one.split("network").nextLong()).isEqualTo(other.split("network").nextLong());
        assertThat(one.split("network").nextLong()).isNotEqualTo(one.split("store").nextLong());
    }

    @Test
    void delaysHaveAnEnd() {
        var random = new SimRandom(1);

        assertThat(LongStream.generate(() -> random.nextDelay(5, 20)).limit(10_000).boxed())
                .allMatch(delay -> delay >= 5 && delay <= 205);
    }
}
