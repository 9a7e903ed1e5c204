package org.stratafed.server.engine.transport.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;

/// The target of a request: a path, and a query if there is one, as they are on the wire.
///
/// In a query, servers write a space as `+` or `%20` and a plus sign as `%2B`; here `%20` and
/// `%2B` are written, which all of them read alike.
public record RequestTarget(String path, Optional<String> query) {

    /// Queries with more are refused, so that nobody gets to fill the memory with them.
    private static final int QUERY_PARAMETERS_MAX = 1000;

    public static RequestTarget parse(String target) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new RequestTarget(target, Optional.empty())
                : new RequestTarget(
                        target.substring(0, mark), Optional.of(target.substring(mark + 1)));
    }

    /// The target of a question to an endpoint.
    public static RequestTarget of(Endpoint<?, ?> endpoint, RequestParts parts) {
        var path = endpoint.path().expand(parts.path());
        var query =
                parts.query().stream()
                        .map(it -> encoded(it.name()) + '=' + encoded(it.value()))
                        .reduce((left, right) -> left + '&' + right);
        return new RequestTarget(path, query);
    }

    /// The parameters of the query, decoded; empty if they can't be.
    Optional<List<QueryParameter>> parameters() {
        var parameters = new ArrayList<QueryParameter>();
        for (String pair : query.orElse("").split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty() || parameters.size() == QUERY_PARAMETERS_MAX) {
                return Optional.empty();
            }
            parameters.add(new QueryParameter(name.get(), value.get()));
        }
        return Optional.of(List.copyOf(parameters));
    }

    private static String encoded(String text) {
        return PercentCoding.encode(text);
    }

    private static Optional<String> decoded(String text) {
        return PercentCoding.decode(text.replace('+', ' '));
    }

    /// As on the wire.
    @Override
    public String toString() {
        return path + query.map(text -> "?" + text).orElse("");
    }
}
