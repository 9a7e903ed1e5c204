package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void theWaitNeverLeavesItsBounds() {
        var backoff = new Backoff(new SplittableRandom(7));
        for (int i = 0; i < 200; i++) {
            assertThat(backoff.onFailure()).isBetween(Backoff.DELAY_MIN, Backoff.DELAY_MAX);
        }
        assertThat(backoff.failures()).isEqualTo(200);
    }

    @Test
    void theWaitOfAPeerThatIsAwayForLongIsAtLeastHalfTheMaximum() {
        var backoff = new Backoff(new SplittableRandom(7));
        for (int i = 0; i < 20; i++) {
            backoff.onFailure();
        }
        assertThat(backoff.onFailure()).isGreaterThanOrEqualTo(Backoff.DELAY_MAX.dividedBy(2));
    }

    @Test
    void serversThatFailAtTheSameMomentDoNotComeBackAtTheSameMoment() {
        var waits = new TreeSet<Duration>();
        for (int seed = 0; seed < 50; seed++) {
            waits.add(new Backoff(new SplittableRandom(seed)).onFailure());
        }
        assertThat(waits).hasSizeGreaterThan(40);
    }

    @Test
    void aResetBeginsAnew() {
        var backoff = new Backoff(new SplittableRandom(7));
        for (int i = 0; i < 20; i++) {
            backoff.onFailure();
        }
        backoff.reset();
        assertThat(backoff.onFailure()).isLessThanOrEqualTo(Backoff.DELAY_MIN.multipliedBy(2));
    }
}
