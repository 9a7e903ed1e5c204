package org.stratafed.server.host.quarkus;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;

/// The port that clients talk to. Quarkus' own server answers some requests by itself, without a
/// body, and stops before requests under way have ended, so it is used where it is needed only: for
/// live reload and in tests.
@Singleton
public final class ClientListener {

    private final Vertx vertx;
    private final Router router;
    private final HostSettings settings;
    private PortListener listener;

    ClientListener(Vertx vertx, Router router, HostSettings settings) {
        this.vertx = vertx;
        this.router = router;
        this.settings = settings;
    }

    /// Whether the port is opened here.
    static boolean isOurs() {
        return LaunchMode.current() == LaunchMode.NORMAL;
    }

    void open() {
        if (isOurs()) {
            var options = new HttpServerOptions();
            listener = PortListener.open(vertx, router, "client", settings.client(), options);
        }
    }

    void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
