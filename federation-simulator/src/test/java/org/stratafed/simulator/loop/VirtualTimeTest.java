package org.stratafed.simulator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.stratafed.simulator.loop.VirtualTime.Kind;

class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime(Trace.silent());

    @Test
    void whatIsDueFirstHappensFirstAndTiesAreInTheOrderTheyCame() {
        var happened = new ArrayList<String>();
        time.schedule(Kind.LABOUR, 20, () -> happened.add("late"));
        time.schedule(Kind.LABOUR, 10, () -> happened.add("first"));
        time.schedule(Kind.LABOUR, 10, () -> happened.add("second"));

        time.runUntil(() -> happened.size() == 3, () -> {});

        assertThat(happened).containsExactly("first", "second", "late");
        assertThat(time.now()).isEqualTo(Duration.ofNanos(20));
    }

    @Test
    void itIsQuietWhenOnlyTimersWait() {
        time.schedule(Kind.TIMER, 50, () -> {});
        var labour = time.schedule(Kind.LABOUR, 10, () -> {});
        assertThat(time.isQuiet()).isFalse();

        labour.cancel();

        assertThat(time.isQuiet()).isTrue();
        assertThat(time.step()).isTrue();
        assertThat(time.now()).isEqualTo(Duration.ofNanos(50));
    }

    @Test
    void aRunThatNeverGetsThereSaysSo() {
        time.schedule(Kind.TIMER, 1, () -> {});

        assertThat(time.runUntil(() -> false, () -> {})).isFalse();
        assertThat(time.steps()).isEqualTo(1);
    }

    @Test
    void nothingOfALifeThatIsOverHappens() {
        var happened = new ArrayList<String>();
        var lifetime = new Lifetime(time);
        lifetime.later(() -> 10L, () -> "completed").subscribe().with(happened::add);
        new SimTimers(lifetime)
                .after(Duration.ofNanos(10))
                .subscribe()
                .with(_ -> happened.add("rang"));

        lifetime.end();
        while (time.step()) {
            // What is due comes due all the same.
        }

        assertThat(happened).isEmpty();
    }

    @Test
    void nothingCompletesWithinTheSubscribingCall() {
        var happened = new ArrayList<String>();
        var lifetime = new Lifetime(time);

        lifetime.later(() -> 0L, () -> "completed").subscribe().with(happened::add);

        assertThat(happened).isEmpty();
        time.step();
        assertThat(happened).containsExactly("completed");
    }
}
