package org.stratafed.server.client.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;

/// The push rules that everybody has.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#predefined-rules">Predefined
///     rules</a>
public final class PushRules {

    private static final String RESOURCE = "/client/push_rules.json";

    /// In the resource, where the user's ID is to stand; a JSON string.
    private static final String USER = "\"@user_id@\"";

    private static final String TEXT = read();

    private PushRules() {}

    /// All rules of a user, as the content of `m.push_rules` has them.
    public static JsonObject of(UserId user) {
        return JsonReader.readObject(
                TEXT.replace(USER, new JsonString(user.value()).toString())
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String read() {
        try (InputStream stream = PushRules.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException("no resource " + RESOURCE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
