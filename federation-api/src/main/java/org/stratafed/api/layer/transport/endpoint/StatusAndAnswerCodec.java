package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonValue;

/// The answer of an endpoint of the first version of the API, which some put the status into: an
/// array of that and what the later version answers.
record StatusAndAnswerCodec<A>(AnswerCodec<A> later) implements AnswerCodec<A> {

    private static final int OK = 200;

    @Override
    public JsonValue encode(A answer) {
        return JsonArray.of(List.of(JsonNumber.of(OK), later.encode(answer)));
    }

    @Override
    public A decode(JsonValue json) {
        if (json instanceof JsonArray array && array.items().size() == 2) {
            return later.decode(array.items().getLast());
        }
        throw new IllegalArgumentException("not an array of a status and an answer");
    }
}
