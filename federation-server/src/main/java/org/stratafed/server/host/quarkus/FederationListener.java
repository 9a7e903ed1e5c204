package org.stratafed.server.host.quarkus;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The port that other servers talk to, over TLS. It has the same routes as the clients' port;
/// [PortSeparation] keeps them apart.
@Singleton
public final class FederationListener {

    private static final int IDLE_SECONDS_MAX = 180;
    private static final int TARGET_BYTES_MAX = 16 * 1024;
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final int CLOSING_SECONDS_MAX = 5;

    private final Vertx vertx;
    private final Router router;
    private final HostSettings settings;
    private final List<HttpServer> servers = new ArrayList<>();

    FederationListener(Vertx vertx, Router router, HostSettings settings) {
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
    }

    /// One server per core on the same port, so that connections spread over the event loops.
    void open() {
        HttpServerOptions options = options();
        int count = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < count; i++) {
            servers.add(vertx.createHttpServer(options).requestHandler(router));
        }
        for (HttpServer server : servers) {
            try {
                server.listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(CLOSING_SECONDS_MAX, TimeUnit.SECONDS)
                        .join();
            } catch (java.util.concurrent.CompletionException failure) {
                throw new WrongSettingException(
                        "Nothing can listen at "
                                + settings.federation()
                                + " ("
                                + failure.getCause().getMessage()
                                + "): stop what uses it, or change strata.federation.port or"
                                + " strata.federation.bind.");
            }
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.federation().address())
                .setPort(settings.federation().port())
                .setSsl(true)
                .setKeyCertOptions(certificate())
                .setUseAlpn(true)
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setMaxInitialLineLength(TARGET_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX);
    }

    private KeyCertOptions certificate() {
        return settings.tls()
                .map(files -> FederationCertificate.load(vertx, files))
                .orElseGet(() -> DevelopmentCertificate.in(settings.dataDirectory()));
    }

    /// Whether the request came in here.
    boolean received(HttpServerRequest request) {
        return request.localAddress().port() == settings.federation().port();
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
