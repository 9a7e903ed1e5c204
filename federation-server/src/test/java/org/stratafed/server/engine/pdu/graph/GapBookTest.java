package org.stratafed.server.engine.pdu.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GapBookTest {

    @Test
    void theNextAttemptIsTwiceAsFarAwayEachTimeUpToAnHour() {
        assertThat(GapBook.interval(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(GapBook.interval(2)).isEqualTo(Duration.ofSeconds(60));
        assertThat(GapBook.interval(7)).isEqualTo(Duration.ofMinutes(32));
        assertThat(GapBook.interval(8)).isEqualTo(Duration.ofHours(1));
        assertThat(GapBook.interval(100)).isEqualTo(Duration.ofHours(1));
    }
}
