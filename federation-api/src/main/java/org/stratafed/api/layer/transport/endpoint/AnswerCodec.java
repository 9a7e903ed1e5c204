package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.json.JsonValue;

/// How an answer is written as JSON, and read.
public interface AnswerCodec<A> {

    JsonValue encode(A answer);

    /// Fails with an [IllegalArgumentException] saying what is wrong, when a peer's answer has not
    /// the endpoint's shape.
    A decode(JsonValue json);
}
