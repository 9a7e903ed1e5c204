package org.stratafed.server.engine.transport.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchSlotsTest {

    private static final int AT_A_TIME = 200;

    private final FetchSlots slots = new FetchSlots();
    private final List<UniEmitter<? super Integer>> begun = new ArrayList<>();
    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void moreThanThereAreSlotsWaitAndBeginInTheirTurn() {
        for (int i = 0; i < AT_A_TIME + 2; i++) {
            run();
        }
        assertThat(begun).hasSize(AT_A_TIME);

        begun.get(0).complete(7);
        assertThat(begun).hasSize(AT_A_TIME + 1);
        begun.get(1).fail(new IllegalStateException("gone"));
        assertThat(begun).hasSize(AT_A_TIME + 2);
        begun.get(AT_A_TIME + 1).complete(8);

        assertThat(outcomes).containsExactly(7, "gone", 8);
    }

    @Test
    void workThatCantEvenBeginGivesItsSlotBack() {
        for (int i = 0; i < 2 * AT_A_TIME; i++) {
            slots.<Integer>run(
                            () -> {
                                throw new IllegalStateException("no");
                            })
                    .subscribe()
                    .with(outcomes::add, it -> outcomes.add(it.getMessage()));
        }
        run();

        assertThat(outcomes).hasSize(2 * AT_A_TIME).containsOnly("no");
        assertThat(begun).hasSize(1);
    }

    private void run() {
        slots.run(() -> Uni.createFrom().<Integer>emitter(begun::add))
                .subscribe()
                .with(outcomes::add, it -> outcomes.add(it.getMessage()));
    }
}
