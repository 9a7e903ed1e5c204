package org.stratafed.server.host.quarkus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/// A body whose length isn't known before its end. It is counted while it comes, and refused when
/// it gets too long: Quarkus would do so without a Matrix error.
final class UnannouncedBody {

    private static final String CONTINUE = "100-continue";

    private final RoutingContext context;
    private final long bytesMax;
    private final Buffer body = Buffer.buffer();
    private boolean isRefused;

    UnannouncedBody(RoutingContext context, long bytesMax) {
        this.context = context;
        this.bytesMax = bytesMax;
    }

    /// Passes the request on when all of the body is there.
    void read() {
        HttpServerRequest request = context.request();
        request.handler(this::chunk);
        request.endHandler(_ -> end());
        if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void chunk(Buffer chunk) {
        if (isRefused) {
            return;
        }
        if (body.length() + chunk.length() > bytesMax) {
            isRefused = true;
            BodyLimit.refuse(context);
        } else {
            body.appendBuffer(chunk);
        }
    }

    @SuppressWarnings("deprecation") // What replaces it reads the body too.
    private void end() {
        if (!isRefused) {
            context.setBody(body);
            context.next();
        }
    }
}
