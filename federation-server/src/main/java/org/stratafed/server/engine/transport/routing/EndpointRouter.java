package org.stratafed.server.engine.transport.routing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.Endpoints;
import org.stratafed.api.layer.transport.endpoint.PathTemplate;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.keys.KeyQuery;

/// Which endpoint a request is for, by its raw path and its method.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#unsupported-endpoints">
///     Unsupported endpoints</a>
public final class EndpointRouter {

    private static final int WRONG_METHOD_STATUS = 405;

    /// Milliseconds since the epoch, up to the year 33658.
    private static final Pattern TIME = Pattern.compile("[0-9]{1,15}");

    private static final PathTemplate VERSION = new PathTemplate("/_matrix/federation/v1/version");

    /// The second of them is how old servers ask: with the id of a key, or with nothing after the
    /// slash. The answer is the same.
    private static final List<PathTemplate> KEYS =
            List.of(
                    new PathTemplate("/_matrix/key/v2/server"),
                    new PathTemplate("/_matrix/key/v2/server/{keyId}"));

    private static final PathTemplate KEY_QUERY = new PathTemplate("/_matrix/key/v2/query");

    private static final List<PathTemplate> KEYS_OF =
            List.of(
                    new PathTemplate("/_matrix/key/v2/query/{serverName}"),
                    new PathTemplate("/_matrix/key/v2/query/{serverName}/{keyId}"));

    public Routing route(WireRequest request) {
        var target = RequestTarget.parse(request.target());
        var isPathKnown = false;
        for (Endpoint<?, ?> endpoint : Endpoints.all()) {
            var path = endpoint.path().match(target.path());
            if (path.isPresent() && endpoint.method().equals(request.method())) {
                return toEndpoint(endpoint, path.get(), target);
            }
            isPathKnown |= path.isPresent();
        }
        for (Endpoint<?, ?> endpoint : Endpoints.open()) {
            var path = endpoint.path().match(target.path());
            if (path.isPresent() && endpoint.method().equals(request.method())) {
                return opened(toEndpoint(endpoint, path.get(), target));
            }
            isPathKnown |= path.isPresent();
        }
        var nowhere = new Routing.Nowhere(unrecognized(isPathKnown));
        return own(target, request.method()).orElse(nowhere);
    }

    private static <Q, A> Routing toEndpoint(
            Endpoint<Q, A> endpoint, List<String> path, RequestTarget target) {
        return target.parameters()
                .<Routing>map(query -> new Routing.ToEndpoint<>(endpoint, path, query))
                .orElseGet(
                        () ->
                                new Routing.Nowhere(
                                        MatrixException.invalidParam("the query is malformed")));
    }

    private static Routing opened(Routing routing) {
        return routing instanceof Routing.ToEndpoint<?, ?> to
                ? new Routing.ToOpenEndpoint<>(to)
                : routing;
    }

    /// What this server says about itself, to anybody.
    private static Optional<Routing> own(RequestTarget target, String method) {
        var path = target.path();
        if (KEY_QUERY.match(path).isPresent()) {
            return Optional.of(ifMethod("POST", method, new Routing.ToKeyQuery()));
        }
        var queried = KEYS_OF.stream().flatMap(it -> it.match(path).stream()).findFirst();
        if (queried.isPresent()) {
            return Optional.of(ifGet(method, keysOf(queried.get().getFirst(), target)));
        }
        if (VERSION.match(path).isPresent()) {
            return Optional.of(ifGet(method, new Routing.ToVersion()));
        }
        return KEYS.stream().anyMatch(template -> template.match(path).isPresent())
                ? Optional.of(ifGet(method, new Routing.ToKeys()))
                : Optional.empty();
    }

    private static Routing keysOf(String server, RequestTarget target) {
        var name = ServerName.parse(server);
        var minimum =
                target.parameters().orElse(List.of()).stream()
                        .filter(it -> it.name().equals("minimum_valid_until_ts"))
                        .map(RequestParts.QueryParameter::value)
                        .findFirst();
        if (name.isEmpty() || minimum.filter(it -> !TIME.matcher(it).matches()).isPresent()) {
            return new Routing.Nowhere(MatrixException.invalidParam("malformed server or time"));
        }
        var time = minimum.map(it -> OptionalLong.of(Long.parseLong(it)));
        return new Routing.ToKeysOf(KeyQuery.of(name.get(), time.orElse(OptionalLong.empty())));
    }

    private static Routing ifGet(String method, Routing routing) {
        return ifMethod("GET", method, routing);
    }

    private static Routing ifMethod(String expected, String method, Routing routing) {
        return method.equals(expected) ? routing : new Routing.Nowhere(unrecognized(true));
    }

    private static MatrixException unrecognized(boolean isPathKnown) {
        return isPathKnown
                ? MatrixException.unrecognized("unrecognized method")
                        .withStatus(WRONG_METHOD_STATUS)
                : MatrixException.unrecognized("unrecognized request");
    }
}
