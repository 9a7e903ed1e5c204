package org.stratafed.server.engine.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;

class ReadAheadTest {

    private static final int CHUNK_BYTES = 1 << 20;

    private Instant now = Instant.EPOCH;
    private final Deadline deadline = Deadline.in(() -> now, Duration.ofMinutes(1));

    @Test
    void itReadsOnByItselfUpToABound() {
        var chunks = new Chunks(100);
        var ahead = new ReadAhead(chunks, Integer.MAX_VALUE, deadline);
        next(ahead);
        int held = ReadAhead.AHEAD_BYTES_MAX / CHUNK_BYTES;
        assertThat(chunks.given).isBetween(held, held + 1);
        next(ahead);
        next(ahead);
        assertThat(chunks.given).isBetween(held + 2, held + 3);
    }

    @Test
    void itGivesAllOfItInOrder() {
        var ahead = new ReadAhead(new Chunks(40), Integer.MAX_VALUE, deadline);
        for (int i = 0; i < 40; i++) {
            assertThat(next(ahead).orElseThrow()[0]).isEqualTo((byte) i);
        }
        assertThat(next(ahead)).isEmpty();
        assertThat(next(ahead)).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeft() {
        var chunks = new Chunks(10);
        var ahead = new ReadAhead(chunks, 3 * CHUNK_BYTES, deadline);
        for (int i = 0; i < 3; i++) {
            assertThat(next(ahead)).isPresent();
        }
        assertThatThrownBy(() -> next(ahead))
                .isInstanceOf(RemoteFailure.Garbled.class)
                .hasMessageContaining("more than");
        assertThat(chunks.isDiscarded).isTrue();
    }

    @Test
    void whatTricklesIsGivenUpWhenItsTimeIsOver() {
        var chunks = new Chunks(1_000);
        var ahead = new ReadAhead(chunks, Integer.MAX_VALUE, deadline);
        next(ahead);
        now = now.plus(Duration.ofMinutes(2));
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                next(ahead);
                            }
                        })
                .isInstanceOf(RemoteFailure.TimedOut.class);
        assertThat(chunks.isDiscarded).isTrue();
    }

    @Test
    void whatBreaksOffIsGivenUpToThere() {
        var chunks = new Chunks(2);
        chunks.breaksOff = true;
        var ahead = new ReadAhead(chunks, Integer.MAX_VALUE, deadline);
        assertThat(next(ahead)).isPresent();
        assertThat(next(ahead)).isPresent();
        assertThatThrownBy(() -> next(ahead)).hasMessage("it broke off");
    }

    private static Optional<byte[]> next(WireBody body) {
        return body.next().await().indefinitely();
    }

    /// Chunks that are there at once.
    private static final class Chunks implements WireBody {

        private final int count;
        private int given;
        private boolean breaksOff;
        private boolean isDiscarded;

        private Chunks(int count) {
            this.count = count;
        }

        @Override
        public Uni<Optional<byte[]>> next() {
            if (given == count) {
                return breaksOff
                        ? Uni.createFrom().failure(new RemoteFailure.TimedOut("it broke off"))
                        : Uni.createFrom().item(Optional.empty());
            }
            var chunk = new byte[CHUNK_BYTES];
            chunk[0] = (byte) given++;
            return Uni.createFrom().item(Optional.of(chunk));
        }

        @Override
        public void discard() {
            isDiscarded = true;
        }
    }
}
