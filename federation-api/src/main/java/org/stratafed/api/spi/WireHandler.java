package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;

/// The network, coming in: what the host calls for every federation request, on the engine loop.
public interface WireHandler {

    /// Answers one request. Never fails: an error is a response with a Matrix error body.
    Uni<WireResponse> onRequest(WireRequest request);
}
