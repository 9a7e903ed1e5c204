package org.stratafed.api.layer.transport;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.id.ServerName;

/// Authenticated requests to and from other servers: discovery, TLS, signatures and the error
/// envelope are its business; what is asked is not.
public interface TransportLayer {

    /// Asks another server. Fails with a [org.stratafed.api.model.error.RemoteFailure] only.
    /// Nothing is retried here.
    <Q, A> Uni<A> ask(ServerName destination, Endpoint<Q, A> endpoint, Q question);
}
