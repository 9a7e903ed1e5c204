package org.stratafed.server.host.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// How large a request may be, by what it is for: only media are large.
@Singleton
public final class BodyLimit {

    /// A transaction has at most 50 events of 64 KiB and 100 small ones beside them.
    private static final long FEDERATION_BYTES_MAX = 16L * 1024 * 1024;

    private static final long CLIENT_BYTES_MAX = 2L * 1024 * 1024;
    private static final int TOO_LARGE = 413;

    /// Quarkus reads its own limit here, and sets it in a filter of a higher priority.
    private static final String QUARKUS_LIMIT = "io.quarkus.max-request-size";

    private static final int AFTER_THE_OTHERS = 1;

    void register(@Observes Filters filters) {
        filters.register(BodyLimit::limit, AFTER_THE_OTHERS);
    }

    private static void limit(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.startsWith("/_matrix/media/")) {
            context.next();
            return;
        }
        long max =
                path.startsWith("/_matrix/federation/") ? FEDERATION_BYTES_MAX : CLIENT_BYTES_MAX;
        if (announced(context) > max) {
            refuse(context);
            return;
        }
        context.put(QUARKUS_LIMIT, max);
        if (isUnannounced(context.request())) {
            new UnannouncedBody(context, max).read();
        } else {
            context.next();
        }
    }

    static void refuse(RoutingContext context) {
        closeAfterwards(context);
        MatrixErrors.end(context, TOO_LARGE);
    }

    /// A body in chunks. One of HTTP/2 needn't be announced either, and is left to Quarkus' limit,
    /// which can't be told the end of such a request beforehand.
    private static boolean isUnannounced(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2
                && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /// The body isn't read, so the connection is of no more use. HTTP/2 has streams instead.
    private static void closeAfterwards(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    private static long announced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
