package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.json.JsonObject;

/// The parts of a request that carry the question.
///
/// @param path the path parameters, decoded, in the template's order
/// @param query the query parameters, decoded, in order; names may repeat
/// @param body the parsed body; present for POST and PUT
public record RequestParts(
        List<String> path, List<QueryParameter> query, Optional<JsonObject> body) {

    public record QueryParameter(String name, String value) {}

    /// The first value of this name.
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    public List<String> queryAll(String name) {
        return query.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(QueryParameter::value)
                .toList();
    }
}
