package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.server.engine.messaging.sync.Waiters.Waiter;

class WaitersTest {

    private final Waiters waiters = new Waiters();
    private final List<String> woken = new ArrayList<>();

    @Test
    void onlyWhomItConcernsIsWoken() {
        wait(waiters.enter(ALICE).orElseThrow(), "alice");
        wait(waiters.enter(BOB).orElseThrow(), "bob");
        waiters.wake(List.of(BOB));
        assertThat(woken).containsExactly("bob");
        waiters.wakeAll();
        assertThat(woken).containsExactly("bob", "alice");
    }

    /// What happens while a waiter reads must not be lost to it.
    @Test
    void whoIsWokenBeforeTheyWaitDoesNotWait() {
        var waiter = waiters.enter(ALICE).orElseThrow();
        waiter.listen();
        waiters.wake(List.of(ALICE));
        wait(waiter, "alice");
        assertThat(woken).containsExactly("alice");
    }

    @Test
    void whoListensAnewIsWokenByWhatHappensFromThenOn() {
        var waiter = waiters.enter(ALICE).orElseThrow();
        waiters.wake(List.of(ALICE));
        waiter.listen();
        wait(waiter, "alice");
        assertThat(woken).isEmpty();
    }

    @Test
    void whoLeftIsNotWoken() {
        var waiter = waiters.enter(ALICE).orElseThrow();
        wait(waiter, "alice");
        waiters.leave(waiter);
        waiters.wakeAll();
        assertThat(woken).isEmpty();
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void aUsersEldestWaiterMakesRoomForANewOne() {
        for (int i = 0; i < Waiters.WAITERS_PER_USER_MAX; i++) {
            wait(waiters.enter(ALICE).orElseThrow(), "alice " + i);
        }
        assertThat(woken).isEmpty();
        waiters.enter(ALICE);
        assertThat(woken).containsExactly("alice 0");
    }

    private void wait(Waiter waiter, String name) {
        waiter.woken().subscribe().with(_ -> woken.add(name));
    }
}
