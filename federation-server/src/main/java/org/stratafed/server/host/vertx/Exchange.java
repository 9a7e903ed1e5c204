package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

/// One request on its way, up to the head of its answer and then the end of its body. Lives on
/// the engine loop.
final class Exchange {

    private final VertxWire wire;
    private final Route route;
    private final WireRequest request;
    private final Duration timeout;
    private final UniEmitter<? super WireResponse> answer;

    private Optional<HttpClientRequest> sent = Optional.empty();
    private boolean isAnswered;
    private boolean isEnded;
    private long clock;

    Exchange(
            VertxWire wire,
            Route route,
            WireRequest request,
            Duration timeout,
            UniEmitter<? super WireResponse> answer) {
        this.wire = wire;
        this.route = route;
        this.request = request;
        this.timeout = timeout;
        this.answer = answer;
    }

    /// Bounds the time to the answer's head, waiting included.
    void startClock() {
        clock =
                setTimer(
                        timeout,
                        () ->
                                fail(
                                        Causes.timedOut(
                                                route,
                                                "no answer within " + timeout.toMillis() + " ms")));
    }

    void start(HttpClient client) {
        client.request(VertxWire.options(route, request))
                .onSuccess(this::onConnection)
                .onFailure(failure -> fail(Causes.beforeAnswer(route, failure)));
    }

    private void onConnection(HttpClientRequest connected) {
        if (isEnded) {
            connected.reset();
            return;
        }
        sent = Optional.of(connected);
        for (WireHeader header : request.headers()) {
            if (!header.name().equalsIgnoreCase("host")) {
                connected.headers().add(header.name(), header.value());
            }
        }
        connected.putHeader("Host", route.hostHeader());
        connected.response().onSuccess(this::onHead).onFailure(this::onFailure);
        // Its failures come through the response as well.
        if (request.body().length == 0 && !hasBody(request.method())) {
            connected.end();
        } else {
            connected.end(Buffer.buffer(request.body()));
        }
    }

    private static boolean hasBody(String method) {
        return method.equals("PUT") || method.equals("POST");
    }

    private void onFailure(Throwable failure) {
        fail(Causes.beforeAnswer(route, failure));
    }

    /// Paused at once: the body comes when it is asked for.
    private void onHead(HttpClientResponse response) {
        if (isEnded) {
            return;
        }
        response.pause();
        isAnswered = true;
        cancelTimer(clock);
        var headers =
                response.headers().entries().stream()
                        .map(header -> new WireHeader(header.getKey(), header.getValue()))
                        .toList();
        var body = new VertxBody(this, response);
        answer.complete(new WireResponse(response.statusCode(), headers, body));
    }

    private void fail(RemoteFailure failure) {
        if (isAnswered || isEnded) {
            return;
        }
        abandon();
        answer.fail(failure);
    }

    /// Ends it, whatever the peer still has to say, and closes its connection.
    void abandon() {
        if (!isEnded) {
            end();
            sent.ifPresent(HttpClientRequest::reset);
        }
    }

    /// Ends it; its connection may be used again.
    void end() {
        if (!isEnded) {
            isEnded = true;
            cancelTimer(clock);
            wire.onEnd(this);
        }
    }

    Route route() {
        return route;
    }

    Duration timeout() {
        return timeout;
    }

    EngineLoop loop() {
        return wire.loop();
    }

    long setTimer(Duration delay, Runnable then) {
        return loop().vertx().setTimer(Math.max(1, delay.toMillis()), _ -> then.run());
    }

    void cancelTimer(long timer) {
        loop().vertx().cancelTimer(timer);
    }
}
