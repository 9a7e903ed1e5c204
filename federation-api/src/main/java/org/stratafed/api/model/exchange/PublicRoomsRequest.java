package org.stratafed.api.model.exchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The question for the rooms that a server has published.
///
/// @param limit how many at most; absent for as many as the server gives
/// @param since a token of an earlier answer
public record PublicRoomsRequest(
        OptionalInt limit, Optional<String> since, Filter filter, Networks networks) {

    /// All that there is on the server itself.
    public static final PublicRoomsRequest ALL =
            new PublicRoomsRequest(
                    OptionalInt.empty(), Optional.empty(), Filter.NONE, Networks.OWN);

    /// Which rooms are wanted.
    ///
    /// @param searchTerm found in a name, a topic or an alias, whatever its case
    /// @param roomTypes rooms of these types, where an empty one stands for rooms without a type
    public record Filter(Optional<String> searchTerm, Optional<List<Optional<String>>> roomTypes) {

        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty());
    }

    /// Of which networks, where a server has rooms of others than Matrix.
    ///
    /// @param only the one network that is wanted
    public record Networks(boolean all, Optional<String> only) {

        public static final Networks OWN = new Networks(false, Optional.empty());
    }
}
