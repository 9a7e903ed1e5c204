package org.stratafed.server.host.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What may be asked for on which port: other servers and clients have each their own. Keys and
/// where federation is may be asked for on both.
@Singleton
public final class PortSeparation {

    private static final int BEFORE_THE_ROUTES = 100;
    private static final int MALFORMED = 400;

    private final FederationListener federation;

    PortSeparation(FederationListener federation) {
        this.federation = federation;
    }

    void register(@Observes Filters filters) {
        filters.register(this::separate, BEFORE_THE_ROUTES);
    }

    /// Looks at the path that the request is routed by, which isn't always the one sent.
    private void separate(RoutingContext context) {
        String path;
        try {
            path = context.normalizedPath();
        } catch (IllegalArgumentException _) {
            MatrixErrors.end(context, MALFORMED);
            return;
        }
        boolean isShared =
                path.startsWith("/_matrix/key/") || path.equals("/.well-known/matrix/server");
        boolean isFederation =
                path.startsWith("/_matrix/federation/") || path.startsWith("/_matrix/policy/");
        if (isShared || isFederation == federation.received(context.request())) {
            context.next();
        } else {
            MatrixErrors.unrecognized(context);
        }
    }
}
