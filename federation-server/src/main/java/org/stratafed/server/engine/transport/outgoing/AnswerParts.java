package org.stratafed.server.engine.transport.outgoing;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.transport.AnswerStream;
import org.stratafed.api.layer.transport.endpoint.StreamedAnswer;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.json.JsonPart;
import org.stratafed.api.model.json.JsonParts;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.WireBody;

/// An answer that is read part by part while it arrives. Where the parts are is found on the loop,
/// chunk by chunk; what they say is read beside it, a batch at a time.
public final class AnswerParts<P> implements AnswerStream<P> {

    /// Of one batch, unless a single part is larger.
    static final int BATCH_BYTES_MAX = 256 << 10;

    private final StreamedAnswer<?, P> streamed;
    private final WireBody body;
    private final Compute compute;
    private final JsonParts parts;
    private final SequencedSet<String> missing;

    private List<JsonPart> found = new ArrayList<>();
    private int foundBytes;
    private long bytes;
    private boolean isAtEnd;
    private boolean isPulling;
    private boolean again;

    public AnswerParts(StreamedAnswer<?, P> streamed, WireBody body, Compute compute) {
        this.streamed = streamed;
        this.body = body;
        this.compute = compute;
        parts = new JsonParts(streamed.partBytesMax());
        missing = new LinkedHashSet<>(streamed.arrays());
    }

    @Override
    public Uni<Optional<List<P>>> next() {
        return Uni.createFrom()
                .<List<JsonPart>>emitter(this::gather)
                .flatMap(this::said)
                .onFailure(MalformedJsonException.class)
                .transform(this::garbled)
                .onFailure(IllegalArgumentException.class)
                .transform(this::garbled)
                .onFailure()
                .invoke(body::discard);
    }

    private Uni<Optional<List<P>>> said(List<JsonPart> batch) {
        return batch.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : compute.run(() -> Optional.of(read(batch)));
    }

    private Throwable garbled(Throwable why) {
        return new RemoteFailure.Garbled(
                streamed.endpoint() + " answered with " + why.getMessage());
    }

    /// Pulls until there is enough for a batch, or nothing more: then it is empty.
    private void gather(UniEmitter<? super List<JsonPart>> batch) {
        do {
            again = false;
            if (isAtEnd || foundBytes >= BATCH_BYTES_MAX) {
                var whole = found;
                found = new ArrayList<>();
                foundBytes = 0;
                batch.complete(whole);
                return;
            }
            isPulling = true;
            body.next().subscribe().with(chunk -> onChunk(chunk, batch), batch::fail);
            isPulling = false;
        } while (again);
    }

    private void onChunk(Optional<byte[]> chunk, UniEmitter<? super List<JsonPart>> batch) {
        try {
            take(chunk);
        } catch (MalformedJsonException | IllegalArgumentException garbled) {
            batch.fail(garbled);
            return;
        }
        if (isPulling) {
            again = true;
        } else {
            gather(batch);
        }
    }

    private void take(Optional<byte[]> chunk) {
        if (chunk.isEmpty()) {
            isAtEnd = true;
            parts.end();
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(missing.getFirst() + " is not an array");
            }
            return;
        }
        bytes += chunk.get().length;
        for (var part : parts.take(chunk.get())) {
            foundBytes += size(part);
            if (part instanceof JsonPart.ArrayBegun) {
                missing.remove(part.key());
            } else {
                found.add(part);
            }
        }
    }

    private int size(JsonPart part) {
        return switch (part) {
            case JsonPart.ArrayBegun _ -> 0;
            case JsonPart.Item(_, var text) -> text.length;
            case JsonPart.Value(_, var text) -> {
                // `null` is what some servers make of an empty array.
                if (isNull(text)) {
                    missing.remove(part.key());
                }
                yield text.length;
            }
        };
    }

    private static boolean isNull(byte[] text) {
        return text.length == 4 && text[0] == 'n';
    }

    private List<P> read(List<JsonPart> batch) {
        var read = new ArrayList<P>();
        for (var part : batch) {
            switch (part) {
                case JsonPart.ArrayBegun _ -> {}
                case JsonPart.Item(_, var text) -> read(part, text).ifPresent(read::add);
                case JsonPart.Value(_, var text) -> read(part, text).ifPresent(read::add);
            }
        }
        return read;
    }

    private Optional<P> read(JsonPart part, byte[] text) {
        return streamed.parts().read(part, JsonReader.read(text));
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void discard() {
        body.discard();
    }
}
