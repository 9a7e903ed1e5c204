package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// A body that is pulled chunk by chunk, so that a large answer is handled while it arrives and
/// sent while it is made.
public interface WireBody {

    /// The next chunk, or empty at the end. Only one call at a time.
    Uni<Optional<byte[]>> next();

    /// Gives up on the rest; the connection is closed if the rest is not small.
    void discard();

    /// A body that is there already.
    static WireBody of(byte[] bytes) {
        return new WholeBody(bytes);
    }
}
