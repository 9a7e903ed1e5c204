package org.stratafed.server.client.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.client.format.JsonFields;

/// A request that found its endpoint, with the parameters of its path, decoded once.
public record Call(ClientRequest request, List<String> parameters) {

    public Query query() {
        return request.query();
    }

    public JsonFields fields() {
        return request.fields();
    }

    public String parameter(int index) {
        return parameters.get(index);
    }

    public RoomId room(int index) {
        return identifier(index, "a room ID", RoomId::parse);
    }

    public RoomAlias alias(int index) {
        return identifier(index, "a room alias", RoomAlias::parse);
    }

    public UserId user(int index) {
        return identifier(index, "a user ID", UserId::parse);
    }

    public EventId event(int index) {
        return identifier(index, "an event ID", EventId::parse);
    }

    public TransactionId transaction(int index) {
        return identifier(index, "a transaction ID", TransactionId::parse);
    }

    private <T> T identifier(int index, String noun, Function<String, Optional<T>> parser) {
        return parser.apply(parameter(index))
                .orElseThrow(() -> MatrixException.invalidParam("Not " + noun + " in the path"));
    }
}
