package org.stratafed.server.host.quarkus;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.json.JsonObject;

/// The body of the errors that the HTTP server answers by itself, which would have none.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#standard-error-response">Standard
///     error response</a>
@Singleton
public final class MatrixErrors {

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERRORS = 500;
    private static final int UNAVAILABLE = 503;

    private static final List<Integer> STATUSES =
            List.of(400, NOT_FOUND, METHOD_NOT_ALLOWED, 406, TOO_LARGE, 414, 415, SERVER_ERRORS);

    void register(@Observes Router router) {
        for (int status : STATUSES) {
            router.errorHandler(status, context -> end(context, status));
        }
    }

    static void unrecognized(RoutingContext context) {
        end(context, NOT_FOUND);
    }

    static void end(RoutingContext context, int status) {
        var response = context.response();
        if (response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body(status).toString());
    }

    static JsonObject body(int status) {
        return switch (status) {
            case NOT_FOUND, METHOD_NOT_ALLOWED ->
                    body(MatrixErrorCode.UNRECOGNIZED, "There is no such endpoint");
            case TOO_LARGE -> body(MatrixErrorCode.TOO_LARGE, "The request is too large");
            case UNAVAILABLE -> body(MatrixErrorCode.UNKNOWN, "The server is about to stop");
            default ->
                    body(
                            MatrixErrorCode.UNKNOWN,
                            status >= SERVER_ERRORS
                                    ? "The server failed to answer"
                                    : "The request is malformed");
        };
    }

    private static JsonObject body(MatrixErrorCode code, String error) {
        return JsonObject.builder().put("errcode", code.errcode()).put("error", error).build();
    }
}
