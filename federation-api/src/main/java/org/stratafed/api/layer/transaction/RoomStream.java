package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.exchange.SendJoinPart;

/// A room that a server sends to one that joins, taken in while it arrives. What isn't pulled isn't
/// read from the network either, but for a little.
public interface RoomStream {

    /// The next parts, or empty at the end. Only one call at a time. Fails with a
    /// [org.stratafed.api.model.error.RemoteFailure] only, for good.
    Uni<Optional<List<SendJoinPart>>> next();

    /// How many bytes of it have been taken in so far.
    long bytes();

    /// Gives up on the rest.
    void discard();
}
