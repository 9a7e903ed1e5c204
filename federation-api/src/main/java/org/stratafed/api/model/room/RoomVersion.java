package org.stratafed.api.model.room;

import java.util.Optional;

/// The name of a room version. It is opaque: versions have no order, and what a version means is
/// asked of its [RoomVersionRules].
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/">Room versions</a>
public record RoomVersion(String id) {

    public static final int ID_CHARS_MAX = 32;

    /// What a create event means that names no version, and an answer that could but doesn't.
    public static final RoomVersion WHEN_UNNAMED = new RoomVersion("1");

    /// For versions this server knows or already checked: a malformed one is a bug.
    public RoomVersion {
        if (!isWellFormed(id)) {
            throw new IllegalArgumentException("not a room version: " + id);
        }
    }

    /// For versions somebody else sent. A well-formed one need not be one this server knows.
    public static Optional<RoomVersion> parse(String text) {
        return isWellFormed(text) ? Optional.of(new RoomVersion(text)) : Optional.empty();
    }

    /// Where the authorization rules of one of the specification's own versions are written down,
    /// by their numbers.
    public String authorizationRules() {
        return "https://spec.matrix.org/v1.19/rooms/v" + id + "/#authorisation-rules";
    }

    private static boolean isWellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= ID_CHARS_MAX
                && text.chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= '0' && c <= '9')
                                                || c == '.'
                                                || c == '-');
    }

    @Override
    public String toString() {
        return id;
    }
}
