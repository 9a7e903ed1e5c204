package org.stratafed.api.spi;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// A body of one chunk.
final class WholeBody implements WireBody {

    private Optional<byte[]> rest;

    WholeBody(byte[] bytes) {
        rest = bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    }

    @Override
    public Uni<Optional<byte[]>> next() {
        var chunk = rest;
        rest = Optional.empty();
        return Uni.createFrom().item(chunk);
    }

    @Override
    public void discard() {
        rest = Optional.empty();
    }
}
