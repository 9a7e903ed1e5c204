package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.StreamedAnswer;
import org.stratafed.api.model.id.ServerName;

/// Authenticated requests to and from other servers: discovery, TLS, signatures and the error
/// envelope are its business; what is asked is not.
public interface TransportLayer {

    /// Asks another server. Fails with a [org.stratafed.api.model.error.RemoteFailure] only.
    /// Nothing is retried here.
    <Q, A> Uni<A> ask(ServerName destination, Endpoint<Q, A> endpoint, Q question);

    /// The same for an answer that may be too large to be held whole: completes when it begins.
    <Q, P> Uni<AnswerStream<P>> open(
            ServerName destination, StreamedAnswer<Q, P> endpoint, Q question);
}
