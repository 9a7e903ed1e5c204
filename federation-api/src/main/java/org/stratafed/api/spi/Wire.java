package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/// The network, going out: one HTTP request to one address.
///
/// The contract is the weakest one: a request may be lost, delayed, reordered or duplicated, and
/// an answer may be cut off. Nothing here retries. Every `Uni` completes on the engine loop, never
/// inside the subscribing call, and fails only with a
/// [org.stratafed.api.model.error.RemoteFailure].
public interface Wire {

    /// Sends the request and answers with the response's head; its body is pulled afterwards.
    ///
    /// The peer's certificate is checked against [Route#certificateName()] before anything of the
    /// request is sent. `timeout` bounds the time to the response's head and the time between two
    /// chunks of its body.
    Uni<WireResponse> send(Route route, WireRequest request, Duration timeout);
}
