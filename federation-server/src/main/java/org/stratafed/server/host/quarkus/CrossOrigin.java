package org.stratafed.server.host.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets clients in web pages of any origin use the client API: they have their own tokens, and no
/// cookies.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients">Web browser
///     clients</a>
@Singleton
public final class CrossOrigin {

    private static final int BEFORE_THE_ROUTES = 90;
    private static final int NO_CONTENT = 204;

    void register(@Observes Filters filters) {
        filters.register(CrossOrigin::allow, BEFORE_THE_ROUTES);
    }

    private static void allow(RoutingContext context) {
        if (!isForClients(context.normalizedPath())) {
            context.next();
            return;
        }
        var response = context.response();
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
                .putHeader(
                        "Access-Control-Allow-Headers",
                        "X-Requested-With, Content-Type, Authorization");
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            response.setStatusCode(NO_CONTENT).end();
        } else {
            context.next();
        }
    }

    private static boolean isForClients(String path) {
        return path.startsWith("/_matrix/client/")
                || path.startsWith("/_strata/client/")
                || path.startsWith("/_matrix/media/")
                || path.startsWith("/.well-known/matrix/");
    }
}
