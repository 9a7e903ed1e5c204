package org.stratafed.server.client.routing;

import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.server.client.format.JsonFields;

/// A client's request, as it came over the wire.
///
/// @param path as sent: not decoded, not normalised, without the query
/// @param authorization the header of that name
public record ClientRequest(
        String method, String path, Query query, Optional<String> authorization, byte[] body) {

    /// Room for an event of the largest size and for a room's initial state; media go another way.
    public static final int BODY_BYTES_MAX = 1 << 20;

    private static final String BEARER = "Bearer ";

    /// The access token, in the header or (deprecated) in the query.
    public Optional<String> accessToken() {
        return authorization
                .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(it -> it.substring(BEARER.length()).strip())
                .or(() -> query.first("access_token"));
    }

    public JsonObject json() {
        if (body.length > BODY_BYTES_MAX) {
            throw new MatrixException(
                    MatrixErrorCode.TOO_LARGE, "More than " + BODY_BYTES_MAX + " bytes");
        }
        if (read() instanceof JsonObject object) {
            return object;
        }
        throw MatrixException.badJson("The body isn't an object");
    }

    /// The body's members; those of an empty object if there is no body.
    public JsonFields fields() {
        return new JsonFields(body.length == 0 ? JsonObject.empty() : json());
    }

    private JsonValue read() {
        try {
            return JsonReader.read(body);
        } catch (MalformedJsonException malformed) {
            throw MatrixException.notJson("The body isn't JSON: " + malformed.getMessage());
        }
    }
}
