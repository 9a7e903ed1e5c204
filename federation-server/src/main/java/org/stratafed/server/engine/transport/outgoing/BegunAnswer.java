package org.stratafed.server.engine.transport.outgoing;

import org.stratafed.api.spi.WireBody;

/// An answer that has begun to arrive.
public sealed interface BegunAnswer {

    /// Its body is still to be pulled, and is bounded.
    record Success(WireBody body) implements BegunAnswer {}

    /// It says no, and is here.
    record Refusal(WholeAnswer answer) implements BegunAnswer {}
}
