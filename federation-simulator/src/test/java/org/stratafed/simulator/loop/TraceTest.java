package org.stratafed.simulator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TraceTest {

    private final ArrayList<String> printed = new ArrayList<>();

    @Test
    void tellsTheFirstLineInWhichTwoRunsDiffer() {
        var one = Trace.silent();
        var other = Trace.silent();
        one.record(1, "sends", "a", 0);
        other.record(1, "sends", "a", 0);
        assertThat(one.hash()).isEqualTo(other.hash());

        one.record(2, "sends", "b", 0);
        other.record(2, "sends", "b", 1);

        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(one.firstDifference(other)).isEqualTo(2);
    }

    @Test
    void printsFromTheLineAskedFor() {
        var trace = Trace.printingFrom(2, printed::add);

        trace.record(1, "sends", "alpha", 0);
        trace.record(1_500_000_000L, "arrives", "beta", 255);

        assertThat(printed)
                .singleElement()
                .asString()
                .contains("2", "0:00:01.500000", "arrives", "beta", "00000000000000ff");
    }
}
