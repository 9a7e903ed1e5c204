package org.stratafed.server.engine.pdu.handshake;

import java.util.Optional;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.UserMembership;

/// Of which version a room is that is known by an invite only.
final class InviteVersion {

    private InviteVersion() {}

    /// The version that the invite's state claims; the newest supported where it says nothing.
    static RoomVersionRules of(UserMembership invite) {
        return invite.strippedState().stream()
                .filter(e -> e.string("type").equals(Optional.of("m.room.create")))
                .flatMap(e -> e.object("content").stream())
                .flatMap(c -> c.string("room_version").stream())
                .flatMap(id -> RoomVersion.parse(id).stream())
                .flatMap(id -> RoomVersionRules.of(id).stream())
                .findFirst()
                .orElseGet(
                        () ->
                                RoomVersionRules.of(RoomVersionRules.supported().getLast())
                                        .orElseThrow());
    }
}
