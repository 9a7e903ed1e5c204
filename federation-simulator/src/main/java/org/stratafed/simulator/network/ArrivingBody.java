package org.stratafed.simulator.network;

import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;
import org.stratafed.simulator.loop.Lifetime;

/// A body that arrives in chunks, or doesn't arrive to its end.
final class ArrivingBody implements WireBody {

    private static final int CHUNK_BYTES_MAX = 16_384;

    private final Lifetime asker;
    private final byte[] bytes;
    private final long chunkNanos;
    private final int end;
    private int at;

    ArrivingBody(Lifetime asker, byte[] bytes, long chunkNanos, boolean isCutOff) {
        this.chunkNanos = chunkNanos;
        this.asker = asker;
        this.bytes = bytes;
        this.end = isCutOff ? bytes.length / 2 : bytes.length;
    }

    @Override
    public Uni<Optional<byte[]>> next() {
        return asker.later(() -> chunkNanos, this::chunk);
    }

    private Optional<byte[]> chunk() {
        if (at == end && end < bytes.length) {
            throw new RemoteFailure.TimedOut("the answer broke off after " + end + " bytes");
        }
        int to = Math.min(end, at + CHUNK_BYTES_MAX);
        var chunk = Arrays.copyOfRange(bytes, at, to);
        at = to;
        return chunk.length == 0 ? Optional.empty() : Optional.of(chunk);
    }

    @Override
    public void discard() {
        at = end;
    }
}
