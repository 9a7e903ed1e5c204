package org.stratafed.benchmarks.join;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

/// A network with one server that lets everybody into its room, and sends it as fast as it is read.
final class ResidentWire implements Wire {

    /// What arrives at once over TLS.
    private static final int CHUNK_BYTES_MAX = 16 << 10;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Executor loop;
    private final byte[] template;
    private final byte[] answer;

    ResidentWire(Executor loop, byte[] template, byte[] answer) {
        this.loop = loop;
        this.template = template;
        this.answer = answer;
    }

    @Override
    public Uni<WireResponse> send(Route route, WireRequest request, Duration timeout) {
        return later(response(request.target()));
    }

    private WireResponse response(String target) {
        if (target.contains("/make_join/")) {
            return new WireResponse(OK, List.of(), new Chunks(template));
        }
        return target.contains("/send_join/")
                ? new WireResponse(OK, List.of(), new Chunks(answer))
                : new WireResponse(NOT_FOUND, List.of(), WireBody.of(WireRequest.NO_BODY));
    }

    private <T> Uni<T> later(T item) {
        return Uni.createFrom().emitter(to -> loop.execute(() -> to.complete(item)));
    }

    private final class Chunks implements WireBody {

        private final byte[] bytes;
        private int at;

        private Chunks(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Uni<Optional<byte[]>> next() {
            if (at == bytes.length) {
                return later(Optional.empty());
            }
            int end = Math.min(bytes.length, at + CHUNK_BYTES_MAX);
            var chunk = Arrays.copyOfRange(bytes, at, end);
            at = end;
            return later(Optional.of(chunk));
        }

        @Override
        public void discard() {
            at = bytes.length;
        }
    }
}
