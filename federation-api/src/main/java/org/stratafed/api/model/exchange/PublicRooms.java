package org.stratafed.api.model.exchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A page of the rooms that a server has published.
///
/// @param nextBatch and `prevBatch`: tokens to page on with, where there may be more
/// @param total how many there are in all, about
public record PublicRooms(
        List<RoomSummary> chunk,
        Optional<String> nextBatch,
        Optional<String> prevBatch,
        OptionalLong total) {

    public PublicRooms {
        chunk = List.copyOf(chunk);
    }
}
