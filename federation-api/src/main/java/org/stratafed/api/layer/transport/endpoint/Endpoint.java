package org.stratafed.api.layer.transport.endpoint;

/// One endpoint of the server-server API, as a value: where it is, who may ask, how large it may
/// be, and how question and answer are written.
///
/// @param name unique, as used in log lines and metrics
/// @param method upper case
/// @param path the template, e.g. `/_matrix/federation/v1/state/{roomId}`
/// @param requestBytesMax the largest body of a request
/// @param answerBytesMax the largest body of an answer that is accepted from a peer
/// @param <Q> the question
/// @param <A> the answer
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/">Server-server API</a>
public record Endpoint<Q, A>(
        String name,
        String method,
        PathTemplate path,
        int requestBytesMax,
        int answerBytesMax,
        QuestionCodec<Q> question,
        AnswerCodec<A> answer) {

    /// For the size of requests that have no body.
    public static final int NO_BODY = 0;

    @Override
    public String toString() {
        return name;
    }
}
