package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.id.ServerName;

/// What the transport layer asks of the layer above it. The transaction layer implements this.
public interface TransportHandler {

    /// Answers an authenticated request. Fails with a
    /// [org.stratafed.api.model.error.MatrixException] for an answer that is a Matrix error.
    <Q, A> Uni<A> onRequest(ServerName origin, Endpoint<Q, A> endpoint, Q question);

    /// Answers a request of somebody who hasn't proved who they are.
    <Q, A> Uni<A> onOpenRequest(Endpoint<Q, A> endpoint, Q question);

    /// The server showed a sign of life: an authenticated request of its own.
    void onSignOfLife(ServerName server);
}
