package org.stratafed.server.host.quarkus;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;

/// The port that other servers talk to, over TLS. It has the same routes as the clients' port;
/// [PortSeparation] keeps them apart.
@Singleton
public final class FederationListener {

    private final Vertx vertx;
    private final Router router;
    private final HostSettings settings;
    private PortListener listener;

    FederationListener(Vertx vertx, Router router, HostSettings settings) {
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
    }

    void open() {
        var options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(certificate())
                        .setUseAlpn(true);
        listener = PortListener.open(vertx, router, "federation", settings.federation(), options);
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
        if (listener != null) {
            listener.close();
        }
    }
}
