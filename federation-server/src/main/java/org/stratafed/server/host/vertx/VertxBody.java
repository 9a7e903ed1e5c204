package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.WireBody;

/// The body of a peer's answer. The connection is read from only as far as chunks are asked for,
/// so a fast peer waits for a slow reader. Lives on the engine loop.
final class VertxBody implements WireBody {

    /// Reading on is then cheaper than a new connection.
    private static final long SMALL_BYTES_MAX = 16 * 1024;

    /// How long an answer that nobody reads keeps its connection.
    private static final Duration UNREAD_MAX = Duration.ofMinutes(2);

    private final Exchange exchange;
    private final HttpClientResponse response;

    private Optional<UniEmitter<? super Optional<byte[]>>> reader = Optional.empty();
    private Optional<RemoteFailure> failure = Optional.empty();
    private boolean isAtEnd;
    private boolean isDiscarded;
    private long restBytes;
    private long clock;

    VertxBody(Exchange exchange, HttpClientResponse response) {
        this.exchange = exchange;
        this.response = response;
        restBytes = announcedBytes(response);
        response.handler(this::onChunk);
        response.endHandler(_ -> onEnd());
        response.exceptionHandler(this::onFailure);
        clock = exchange.setTimer(UNREAD_MAX, this::onUnread);
    }

    /// Chunked bodies announce nothing.
    private static long announcedBytes(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        try {
            return length == null ? Long.MAX_VALUE : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public Uni<Optional<byte[]>> next() {
        return Uni.createFrom().emitter(answer -> exchange.loop().execute(() -> pull(answer)));
    }

    private void pull(UniEmitter<? super Optional<byte[]>> answer) {
        if (reader.isPresent()) {
            answer.fail(new IllegalStateException("a chunk is being waited for already"));
        } else if (failure.isPresent()) {
            answer.fail(failure.get());
        } else if (isAtEnd || isDiscarded) {
            answer.complete(Optional.empty());
        } else {
            reader = Optional.of(answer);
            setClock(exchange.timeout(), this::onSilence);
            response.fetch(1);
        }
    }

    private void onChunk(Buffer chunk) {
        restBytes -= chunk.length();
        if (!isDiscarded) {
            setClock(UNREAD_MAX, this::onUnread);
            take().ifPresent(waiting -> waiting.complete(Optional.of(chunk.getBytes())));
        }
    }

    private void onEnd() {
        isAtEnd = true;
        exchange.cancelTimer(clock);
        exchange.end();
        take().ifPresent(waiting -> waiting.complete(Optional.empty()));
    }

    private void onFailure(Throwable cause) {
        fail(Causes.inBody(exchange.route(), cause));
    }

    private void onSilence() {
        String limit = exchange.timeout().toMillis() + " ms";
        fail(Causes.timedOut(exchange.route(), "nothing more of the answer within " + limit));
    }

    private void onUnread() {
        fail(Causes.timedOut(exchange.route(), "nobody read the answer"));
    }

    private void fail(RemoteFailure why) {
        if (isAtEnd || failure.isPresent()) {
            return;
        }
        failure = Optional.of(why);
        exchange.cancelTimer(clock);
        exchange.abandon();
        take().ifPresent(waiting -> waiting.fail(why));
    }

    @Override
    public void discard() {
        exchange.loop().execute(this::giveUp);
    }

    private void giveUp() {
        if (isAtEnd || isDiscarded || failure.isPresent()) {
            return;
        }
        isDiscarded = true;
        if (restBytes > SMALL_BYTES_MAX) {
            exchange.cancelTimer(clock);
            exchange.abandon();
            take().ifPresent(waiting -> waiting.complete(Optional.empty()));
        } else {
            setClock(exchange.timeout(), this::onSilence);
            response.resume();
        }
    }

    private Optional<UniEmitter<? super Optional<byte[]>>> take() {
        var waiting = reader;
        reader = Optional.empty();
        return waiting;
    }

    private void setClock(Duration delay, Runnable then) {
        exchange.cancelTimer(clock);
        clock = exchange.setTimer(delay, then);
    }
}
