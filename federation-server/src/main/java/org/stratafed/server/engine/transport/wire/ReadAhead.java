package org.stratafed.server.engine.transport.wire;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;

/// A body that is pulled before it is asked for, up to a bound, so that who sends it isn't kept
/// waiting whenever who reads it does something else; and that ends with a failure if its end is
/// too far away, in bytes or in time.
public final class ReadAhead implements WireBody {

    /// What is held of it that nobody has asked for yet.
    static final int AHEAD_BYTES_MAX = 16 << 20;

    private final WireBody body;
    private final int bytesMax;
    private final Deadline deadline;
    private final Deque<byte[]> ahead = new ArrayDeque<>();

    private Optional<UniEmitter<? super Optional<byte[]>>> reader = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean isAtEnd;
    private boolean isPulling;
    private boolean isLooping;
    private int size;
    private int aheadBytes;

    /// @param bytesMax of the whole body. More fails with [RemoteFailure.Garbled]
    /// @param deadline for the whole body. After it comes [RemoteFailure.TimedOut]
    public ReadAhead(WireBody body, int bytesMax, Deadline deadline) {
        this.body = body;
        this.bytesMax = bytesMax;
        this.deadline = deadline;
    }

    @Override
    public Uni<Optional<byte[]>> next() {
        return Uni.createFrom().emitter(asking -> take(asking));
    }

    private void take(UniEmitter<? super Optional<byte[]>> asking) {
        if (reader.isPresent()) {
            asking.fail(new IllegalStateException("a chunk is being waited for already"));
            return;
        }
        reader = Optional.of(asking);
        pull();
        answer();
    }

    /// What came before a failure is still given.
    private void answer() {
        if (reader.isEmpty()) {
            return;
        }
        var asking = reader.get();
        var chunk = ahead.poll();
        if (chunk != null) {
            aheadBytes -= chunk.length;
            reader = Optional.empty();
            asking.complete(Optional.of(chunk));
            pull();
        } else if (failure.isPresent()) {
            reader = Optional.empty();
            asking.fail(failure.get());
        } else if (isAtEnd) {
            reader = Optional.empty();
            asking.complete(Optional.empty());
        }
    }

    /// In a loop rather than in a chain, since a chunk may be there at once.
    private void pull() {
        if (isLooping) {
            return;
        }
        isLooping = true;
        while (!isPulling && !isAtEnd && failure.isEmpty() && aheadBytes < AHEAD_BYTES_MAX) {
            isPulling = true;
            body.next().subscribe().with(this::onChunk, this::onFailure);
        }
        isLooping = false;
    }

    private void onChunk(Optional<byte[]> chunk) {
        isPulling = false;
        if (chunk.isEmpty()) {
            isAtEnd = true;
        } else if (chunk.get().length > bytesMax - size) {
            giveUp(new RemoteFailure.Garbled("an answer of more than " + bytesMax + " bytes"));
        } else if (deadline.hasPassed()) {
            giveUp(new RemoteFailure.TimedOut("the answer took too long to arrive"));
        } else {
            size += chunk.get().length;
            aheadBytes += chunk.get().length;
            ahead.add(chunk.get());
        }
        answer();
        pull();
    }

    private void giveUp(RemoteFailure why) {
        failure = Optional.of(why);
        body.discard();
    }

    private void onFailure(Throwable why) {
        isPulling = false;
        failure = Optional.of(why);
        answer();
    }

    @Override
    public void discard() {
        ahead.clear();
        aheadBytes = 0;
        isAtEnd = true;
        body.discard();
    }
}
