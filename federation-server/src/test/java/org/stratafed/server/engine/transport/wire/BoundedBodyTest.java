package org.stratafed.server.engine.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;
import org.stratafed.server.engine.transport.TransportWorld;

class BoundedBodyTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TransportWorld world = new TransportWorld();

    @Test
    void aBodyIsReadToItsEndInOrder() {
        var body = new Chunks(5, 2);

        assertThat(world.outcome(read(body, 10, PAUSE)))
                .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
        assertThat(body.isDiscarded).isFalse();
    }

    @Test
    void aBodyIsRefusedAsSoonAsItIsTooLarge() {
        var body = new Chunks(1000, 2);

        assertThat(world.failure(read(body, 9, PAUSE))).isInstanceOf(RemoteFailure.Garbled.class);
        assertThat(body.isDiscarded).isTrue();
        assertThat(body.next).isEqualTo(5);
    }

    /// A peer could send a byte a second, for ever.
    @Test
    void aBodyThatTakesTooLongIsGivenUp() {
        var body = new Chunks(1000, 1);
        body.pause = PAUSE;
        var read = Eager.start(read(body, 1000, PAUSE.multipliedBy(10)));

        world.loop.advance(PAUSE.multipliedBy(100));

        assertThat(world.failure(read)).isInstanceOf(RemoteFailure.TimedOut.class);
        assertThat(body.isDiscarded).isTrue();
        assertThat(body.next).isEqualTo(10);
    }

    @Test
    void aBodyOfVeryManyChunksIsReadWithoutDeepNesting() {
        assertThat(world.outcome(read(new Chunks(40_000, 1), 40_000, PAUSE))).hasSize(40_000);

        var inline = new Chunks(100_000, 1);
        inline.isInline = true;
        assertThat(world.outcome(read(inline, 100_000, PAUSE))).hasSize(100_000);
    }

    @Test
    void aBodyThatBreaksOffFailsAsTheWireSays() {
        var body = new Chunks(10, 1);
        body.breaksAt = 3;

        assertThat(world.failure(read(body, 10, PAUSE)))
                .isInstanceOf(RemoteFailure.Unreachable.class);
    }

    @Test
    void anEmptyBodyIsEmpty() {
        assertThat(world.outcome(read(WireBody.of(new byte[0]), 0, PAUSE))).isEmpty();
    }

    private Uni<byte[]> read(WireBody body, int bytesMax, Duration time) {
        return BoundedBody.read(body, bytesMax, Deadline.in(world.loop, time));
    }

    /// Chunks of one size, each of its number.
    private final class Chunks implements WireBody {

        private final int count;
        private final int size;
        private Duration pause = Duration.ZERO;
        private boolean isInline;
        private int breaksAt = -1;
        private int next;
        private boolean isDiscarded;

        Chunks(int count, int size) {
            this.count = count;
            this.size = size;
        }

        @Override
        public Uni<Optional<byte[]>> next() {
            return isInline
                    ? Uni.createFrom().item(this::chunk)
                    : world.loop.after(pause).map(_ -> chunk());
        }

        private Optional<byte[]> chunk() {
            if (next == breaksAt) {
                throw new RemoteFailure.Unreachable("broken off");
            }
            if (next == count) {
                return Optional.empty();
            }
            var chunk = new byte[size];
            Arrays.fill(chunk, (byte) next++);
            return Optional.of(chunk);
        }

        @Override
        public void discard() {
            isDiscarded = true;
        }
    }
}
