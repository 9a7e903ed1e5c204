package org.stratafed.server.host.quarkus;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.stratafed.server.host.quarkus.HostSettings.Listen;

/// A port that the routes are served at: one server per core, so that connections spread over the
/// event loops.
final class PortListener {

    private static final int IDLE_SECONDS_MAX = 180;
    private static final int TARGET_BYTES_MAX = 16 * 1024;
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final int OPENING_SECONDS_MAX = 60;
    private static final int CLOSING_SECONDS_MAX = 5;

    private final List<HttpServer> servers;

    private PortListener(List<HttpServer> servers) {
        this.servers = servers;
    }

    /// @param what the part of the settings' names that says which port it is
    static PortListener open(
            Vertx vertx, Router router, String what, Listen listen, HttpServerOptions options) {
        options.setHost(listen.address())
                .setPort(listen.port())
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setMaxInitialLineLength(TARGET_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX);
        var servers = new ArrayList<HttpServer>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            servers.add(vertx.createHttpServer(options).requestHandler(handler(router)));
        }
        for (HttpServer server : servers) {
            try {
                server.listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(OPENING_SECONDS_MAX, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException failure) {
                throw WrongSettingException.cannotListen(what, listen, reason(failure.getCause()));
            }
        }
        return new PortListener(servers);
    }

    private static String reason(Throwable cause) {
        return cause instanceof TimeoutException
                ? "not within " + OPENING_SECONDS_MAX + " s"
                : cause.getMessage();
    }

    /// In development there is a route that takes requests only as Quarkus' own server wraps them.
    private static Handler<HttpServerRequest> handler(Router router) {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT
                ? request -> router.handle(new QuarkusRequestWrapper(request, (_, _) -> {}))
                : router;
    }

    void close() {
        for (HttpServer server : servers) {
            server.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, CLOSING_SECONDS_MAX, TimeUnit.SECONDS)
                    .join();
        }
    }
}
