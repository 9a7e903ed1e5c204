package org.stratafed.server.engine.messaging.membership;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.UserMembership;

/// Putting rooms that were left out of one's mind.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms">Leaving rooms</a>
final class Forgetting {

    private static final int BAD_REQUEST = 400;
    private static final List<String> ENDS = List.of("leave", "ban");

    private final Stores stores;

    Forgetting(Stores stores) {
        this.stores = stores;
    }

    /// What was never known needn't be forgotten.
    Uni<Void> forget(RoomId room, UserId user) {
        return stores.timeline()
                .memberships(user)
                .map(all -> all.stream().filter(it -> it.room().equals(room)).findFirst())
                .invoke(Forgetting::requireLeft)
                .chain(
                        found ->
                                found.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : stores.directory()
                                                .forget(user, room, found.get().position()));
    }

    private static void requireLeft(Optional<UserMembership> found) {
        if (found.filter(it -> !ENDS.contains(it.membership())).isPresent()) {
            throw new MatrixException(
                            MatrixErrorCode.UNKNOWN,
                            "your membership of the room is " + found.get().membership())
                    .withStatus(BAD_REQUEST);
        }
    }
}
