package org.stratafed.api.model.exchange;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersion;

/// What somebody who isn't in a room may be told of it, to decide whether to come in.
public record RoomSummary(RoomId room, long joinedMembers, Door door, Look look, Kind kind) {

    /// How one gets in.
    ///
    /// @param joinRule absent means `public`
    /// @param allowedRooms rooms whose members may join, where there are any
    public record Door(
            Optional<String> joinRule,
            boolean worldReadable,
            boolean guestCanJoin,
            List<RoomId> allowedRooms) {

        public Door {
            allowedRooms = List.copyOf(allowedRooms);
        }
    }

    /// What it goes by.
    public record Look(
            Optional<String> name,
            Optional<String> topic,
            Optional<String> canonicalAlias,
            Optional<String> avatarUrl) {}

    /// What it is.
    ///
    /// @param type absent for a room to talk in
    /// @param encryption the algorithm
    public record Kind(
            Optional<String> type, Optional<String> encryption, Optional<RoomVersion> version) {

        /// The type of a room whose children are rooms.
        public static final String SPACE = "m.space";

        public boolean isSpace() {
            return type.filter(SPACE::equals).isPresent();
        }
    }
}
