package org.stratafed.server.engine.transport.wire;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;

/// A body that is read to its end, unless the end is too far away, in bytes or in time.
///
/// It pulls in a loop rather than in a chain: a large answer has tens of thousands of chunks, and
/// as many steps of a chain would end one inside the other.
public final class BoundedBody {

    private final WireBody body;
    private final int bytesMax;
    private final Deadline deadline;
    private final UniEmitter<? super byte[]> whole;

    private final List<byte[]> chunks = new ArrayList<>();
    private int size;
    private boolean pulling;
    private boolean again;

    private BoundedBody(
            WireBody body, int bytesMax, Deadline deadline, UniEmitter<? super byte[]> whole) {
        this.body = body;
        this.bytesMax = bytesMax;
        this.deadline = deadline;
        this.whole = whole;
    }

    /// The whole body. Fails with [RemoteFailure.Garbled] if it is larger than that, with
    /// [RemoteFailure.TimedOut] if it isn't over by then.
    public static Uni<byte[]> read(WireBody body, int bytesMax, Deadline deadline) {
        return Uni.createFrom()
                .emitter(whole -> new BoundedBody(body, bytesMax, deadline, whole).pull());
    }

    private void pull() {
        do {
            again = false;
            pulling = true;
            body.next().subscribe().with(this::onChunk, whole::fail);
            pulling = false;
        } while (again);
    }

    private void onChunk(Optional<byte[]> chunk) {
        if (chunk.isEmpty()) {
            whole.complete(joined());
            return;
        }
        byte[] bytes = chunk.get();
        if (bytes.length > bytesMax - size) {
            giveUp(new RemoteFailure.Garbled("an answer of more than " + bytesMax + " bytes"));
        } else if (deadline.hasPassed()) {
            giveUp(new RemoteFailure.TimedOut("the answer took too long to arrive"));
        } else {
            chunks.add(bytes);
            size += bytes.length;
            pullNext();
        }
    }

    private void pullNext() {
        if (pulling) {
            again = true;
        } else {
            pull();
        }
    }

    private void giveUp(RemoteFailure why) {
        body.discard();
        whole.fail(why);
    }

    private byte[] joined() {
        if (chunks.size() == 1) {
            return chunks.getFirst();
        }
        var all = new byte[size];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }
}
