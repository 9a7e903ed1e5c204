package org.stratafed.server.engine.pdu.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.ServerName;

/// What may be spent for the sake of one server is bounded, and takes nothing from the others.
class AllowancesTest {

    private static final ServerName SLOW = new ServerName("slow");
    private static final ServerName OTHER = new ServerName("other");

    private final Allowances allowances = new Allowances();

    private static Received received(int events, long bytes) {
        var received = new Received();
        received.add(events, bytes);
        return received;
    }

    private void assertSpent(Runnable spending) {
        allowances.renew(0);
        assertThat(allowances.isSpent(SLOW)).isFalse();
        spending.run();
        assertThat(allowances.isSpent(SLOW)).isTrue();
        assertThat(allowances.isSpent(OTHER)).isFalse();
        allowances.renew(Allowances.WINDOW.toMillis() - 1);
        assertThat(allowances.isSpent(SLOW)).isTrue();
        allowances.renew(Allowances.WINDOW.toMillis());
        assertThat(allowances.isSpent(SLOW)).isFalse();
    }

    @Test
    void roundsAreBounded() {
        assertSpent(
                () -> {
                    for (int i = 0; i < Allowances.ROUNDS_PER_ORIGIN_MAX; i++) {
                        assertThat(allowances.isSpent(SLOW)).isFalse();
                        allowances.spend(SLOW, received(0, 0), 0);
                    }
                });
    }

    @Test
    void eventsAreBounded() {
        assertSpent(() -> allowances.spend(SLOW, received(Allowances.EVENTS_PER_ORIGIN_MAX, 0), 0));
    }

    @Test
    void bytesAreBounded() {
        assertSpent(() -> allowances.spend(SLOW, received(1, Allowances.BYTES_PER_ORIGIN_MAX), 0));
    }

    @Test
    void timeIsBounded() {
        assertSpent(
                () ->
                        allowances.spend(
                                SLOW, received(1, 1), Allowances.TIME_PER_ORIGIN_MAX.toMillis()));
    }
}
