package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

/// The network by Vert.x' HTTP client: HTTP/1.1 over TLS, connections kept for a while. Nothing is
/// followed, nothing decompressed, nothing retried.
public final class VertxWire implements Wire, AutoCloseable {

    private static final int CONNECTIONS_PER_PEER_MAX = 8;
    private static final int EXCHANGES_MAX = 512;
    private static final int CONNECT_MS_MAX = 10_000;
    private static final int HANDSHAKE_SECONDS_MAX = 10;
    private static final int IDLE_SECONDS_MAX = 30;
    private static final int HEADER_BYTES_MAX = 32 * 1024;

    private final EngineLoop loop;
    private final HttpClient client;

    /// Exchanges that wait for one of the others to end. Each has its own time limit.
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();

    private int running;

    public VertxWire(EngineLoop loop, TrustedAuthorities authorities) {
        this.loop = loop;
        var options =
                new HttpClientOptions()
                        .setTrustOptions(authorities.options())
                        .setConnectTimeout(CONNECT_MS_MAX)
                        .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
                        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                        .setKeepAliveTimeout(IDLE_SECONDS_MAX)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setDecompressionSupported(false)
                        .setTcpKeepAlive(true);
        var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_PEER_MAX);
        client = loop.vertx().createHttpClient(options, pool);
    }

    @Override
    public Uni<WireResponse> send(Route route, WireRequest request, Duration timeout) {
        return Uni.createFrom()
                .emitter(
                        answer ->
                                loop.execute(
                                        () ->
                                                admit(
                                                        new Exchange(
                                                                this, route, request, timeout,
                                                                answer))));
    }

    private void admit(Exchange exchange) {
        exchange.startClock();
        if (running == EXCHANGES_MAX) {
            waiting.add(exchange);
        } else {
            running++;
            exchange.start(client);
        }
    }

    /// An exchange that was started needs its place no more.
    void onEnd(Exchange exchange) {
        if (waiting.remove(exchange)) {
            return;
        }
        running--;
        var next = waiting.poll();
        if (next != null) {
            running++;
            next.start(client);
        }
    }

    EngineLoop loop() {
        return loop;
    }

    /// Where to connect is one thing; the name asked for and proved by the certificate another.
    static RequestOptions options(Route route, WireRequest request) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(route.port(), route.address()))
                .setHost(bracketed(route.certificateName()))
                .setPort(route.port())
                .setSsl(true)
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.target())
                .setFollowRedirects(false);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public void close() {
        client.close();
    }
}
