package org.stratafed.server.client.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stratafed.api.model.error.MatrixException;

/// Finds the endpoint of a request by its raw path, so that each segment is decoded exactly once
/// and an encoded slash stays inside its segment, which JAX-RS path parameters don't promise.
public final class ClientRouter {

    private static final int METHOD_NOT_ALLOWED = 405;

    /// Prefixes that older clients use for the same endpoints.
    private static final List<String> OLD_PREFIXES =
            List.of("/_matrix/client/r0/", "/_matrix/client/api/v1/");

    private static final String PREFIX = "/_matrix/client/v3/";

    private final Map<Integer, List<ClientEndpoint>> bySegments = new LinkedHashMap<>();

    public ClientRouter(List<ClientEndpoint> endpoints) {
        for (ClientEndpoint endpoint : endpoints) {
            bySegments
                    .computeIfAbsent(endpoint.path().segments().size(), _ -> new ArrayList<>())
                    .add(endpoint);
        }
    }

    /// An endpoint and the parameters the request has for it.
    public record Match(ClientEndpoint endpoint, List<String> parameters) {}

    /// The first endpoint that fits; a [MatrixException] if there is none.
    public Match match(String method, String rawPath) {
        String path = inCurrentForm(rawPath);
        int segments = path.substring(1).split("/", -1).length;
        boolean known = false;
        for (ClientEndpoint endpoint : bySegments.getOrDefault(segments, List.of())) {
            var parameters = endpoint.path().match(path);
            if (parameters.isPresent() && endpoint.method().equals(method)) {
                return new Match(endpoint, parameters.get());
            }
            known |= parameters.isPresent();
        }
        throw known
                ? MatrixException.unrecognized("Not a method of this endpoint")
                        .withStatus(METHOD_NOT_ALLOWED)
                : MatrixException.unrecognized("Unrecognized request");
    }

    private static String inCurrentForm(String path) {
        for (String old : OLD_PREFIXES) {
            if (path.startsWith(old)) {
                return PREFIX + path.substring(old.length());
            }
        }
        return path;
    }
}
