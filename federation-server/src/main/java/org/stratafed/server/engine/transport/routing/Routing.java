package org.stratafed.server.engine.transport.routing;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.transport.keys.KeyQuery;

/// Where a request leads.
public sealed interface Routing {

    /// To an endpoint. The question isn't read yet, since nobody has proved to be asking it.
    record ToEndpoint<Q, A>(Endpoint<Q, A> endpoint, List<String> path, List<QueryParameter> query)
            implements Routing {

        /// Whether requests to the endpoint have a body; in others it is ignored.
        public boolean hasBody() {
            return !endpoint.method().equals("GET");
        }

        /// What is asked. Fails with a [MatrixException] if it can't be made out.
        public Q question(Optional<JsonObject> body) {
            return endpoint.question().decode(new RequestParts(path, query, body));
        }
    }

    /// The same, for an endpoint that anybody may ask.
    record ToOpenEndpoint<Q, A>(ToEndpoint<Q, A> to) implements Routing {}

    /// To this server's keys.
    record ToKeys() implements Routing {}

    /// To what this server knows of one server's keys.
    record ToKeysOf(KeyQuery query) implements Routing {}

    /// To what it knows of many servers' keys, which the body names.
    record ToKeyQuery() implements Routing {}

    /// To this server's version.
    record ToVersion() implements Routing {}

    /// Nowhere.
    record Nowhere(MatrixException why) implements Routing {}
}
