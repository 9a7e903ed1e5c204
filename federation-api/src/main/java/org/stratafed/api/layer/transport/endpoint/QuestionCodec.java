package org.stratafed.api.layer.transport.endpoint;

/// How a question becomes the parts of a request, and back.
public interface QuestionCodec<Q> {

    RequestParts encode(Q question);

    /// Fails with a [org.stratafed.api.model.error.MatrixException] (`M_BAD_JSON`,
    /// `M_MISSING_PARAM`, `M_INVALID_PARAM`) when the parts have not the endpoint's shape.
    Q decode(RequestParts parts);
}
