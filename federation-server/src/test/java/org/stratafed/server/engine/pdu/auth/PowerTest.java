package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PowerTest {

    @Test
    void theTopIsAboveAllLevels() {
        assertThat(Power.INFINITE.isAbove(Power.of(Long.MAX_VALUE))).isTrue();
        assertThat(Power.of(Long.MAX_VALUE).isAtLeast(Power.INFINITE)).isFalse();
    }

    @Test
    void theTopIsAtLeastButNotAboveItself() {
        assertThat(Power.INFINITE.isAtLeast(Power.INFINITE)).isTrue();
        assertThat(Power.INFINITE.isAbove(Power.INFINITE)).isFalse();
        assertThat(Power.INFINITE).isEqualByComparingTo(new Power(true, 0));
    }

    @Test
    void levelsAreOrderedAsIntegers() {
        assertThat(List.of(Power.INFINITE, Power.of(50), Power.of(-1), Power.ZERO, Power.of(100)))
                .satisfies(
                        powers ->
                                assertThat(powers.stream().sorted().map(Power::toString))
                                        .containsExactly("-1", "0", "50", "100", "infinite"));
        assertThat(Power.of(50).isAtLeast(Power.of(50))).isTrue();
        assertThat(Power.of(50).isAbove(Power.of(50))).isFalse();
        assertThat(Power.of(49).isAtLeast(Power.of(50))).isFalse();
    }

    @Test
    void theTopHasNoLevel() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Power(true, 1));
    }
}
