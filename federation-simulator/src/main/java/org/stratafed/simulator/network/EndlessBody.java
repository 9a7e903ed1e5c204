package org.stratafed.simulator.network;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.stratafed.api.spi.WireBody;
import org.stratafed.simulator.loop.Lifetime;

/// A body that never comes to an end: blanks, in pieces of a size, each after some time. Whoever
/// asked gets it through the network as it is.
public final class EndlessBody implements WireBody {

    private static final int LARGE_BYTES = 1 << 20;

    private final int pieceBytes;
    private final Duration pieceTime;

    private EndlessBody(int pieceBytes, Duration pieceTime) {
        this.pieceBytes = pieceBytes;
        this.pieceTime = pieceTime;
    }

    /// As much as possible.
    public static EndlessBody fast() {
        return new EndlessBody(LARGE_BYTES, Duration.ofMillis(1));
    }

    /// A byte now and then.
    public static EndlessBody dripping(Duration pieceTime) {
        return new EndlessBody(1, pieceTime);
    }

    /// As it arrives at the one who asked.
    WireBody arrivingAt(Lifetime asker) {
        var piece = new byte[pieceBytes];
        Arrays.fill(piece, (byte) ' ');
        return new WireBody() {

            private boolean isDiscarded;

            @Override
            public Uni<Optional<byte[]>> next() {
                return asker.later(
                        pieceTime::toNanos,
                        () -> isDiscarded ? Optional.<byte[]>empty() : Optional.of(piece));
            }

            @Override
            public void discard() {
                isDiscarded = true;
            }
        };
    }

    @Override
    public Uni<Optional<byte[]>> next() {
        throw new IllegalStateException("nobody may wait for the end of this");
    }

    @Override
    public void discard() {}
}
