package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.TimelineStore;

/// What a server may know of a room: what a server that is in it, or was, may ask for. The
/// specification fixes it for `state_ids` only.
public final class ServerVisibility {

    private final TimelineStore timeline;

    public ServerVisibility(TimelineStore timeline) {
        this.timeline = timeline;
    }

    /// Fails with `M_FORBIDDEN` for a server that never was in the room.
    public Uni<Void> require(ServerName server, RoomId room) {
        return timeline.everResident(room, server)
                .invoke(
                        resident -> {
                            if (!resident) {
                                throw MatrixException.forbidden(server + " is not in room " + room);
                            }
                        })
                .replaceWithVoid();
    }
}
