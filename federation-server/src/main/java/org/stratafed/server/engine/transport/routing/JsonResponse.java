package org.stratafed.server.engine.transport.routing;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireResponse;

/// Responses of JSON, which all of a federation server's are.
public final class JsonResponse {

    private static final WireHeader JSON = new WireHeader("Content-Type", "application/json");
    private static final long SECOND_MS = 1000;

    private JsonResponse() {}

    public static WireResponse ok(byte[] json) {
        return new WireResponse(200, List.of(JSON), WireBody.of(json));
    }

    /// The error envelope. What says when to come back says it in the header as well.
    public static WireResponse error(MatrixException error) {
        var body = error.body();
        var headers = new ArrayList<WireHeader>();
        headers.add(JSON);
        body.integer("retry_after_ms")
                .ifPresent(
                        retryAfterMs ->
                                headers.add(
                                        new WireHeader(
                                                "Retry-After",
                                                Long.toString(
                                                        Math.ceilDiv(retryAfterMs, SECOND_MS)))));
        return new WireResponse(error.status(), headers, WireBody.of(JsonWriter.write(body)));
    }
}
