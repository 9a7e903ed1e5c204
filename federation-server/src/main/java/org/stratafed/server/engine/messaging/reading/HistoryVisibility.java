package org.stratafed.server.engine.messaging.reading;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;

/// Who gets to see what was said in a room while they were not in it. A room that says nothing, or
/// something nobody understands, shares its history.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility">Room
///     history visibility</a>
enum HistoryVisibility {
    WORLD_READABLE,
    SHARED,
    INVITED,
    JOINED;

    static final String TYPE = "m.room.history_visibility";

    static HistoryVisibility of(Optional<Pdu> event) {
        var setting = event.flatMap(it -> it.content().string("history_visibility")).orElse("");
        return switch (setting) {
            case "world_readable" -> WORLD_READABLE;
            case "invited" -> INVITED;
            case "joined" -> JOINED;
            default -> SHARED;
        };
    }

    /// Whether a reader with this membership at an event gets to see it.
    ///
    /// @param joinsLater whether the reader joined the room at some point after the event
    boolean shows(String membership, boolean joinsLater) {
        if (membership.equals("join")) {
            return true;
        }
        return switch (this) {
            case WORLD_READABLE -> true;
            case SHARED -> joinsLater;
            case INVITED -> membership.equals("invite");
            case JOINED -> false;
        };
    }

    /// Whether the reader gets to see the event. A change of the setting itself is seen by whom
    /// either setting would show it; the reader's own membership, if it is either before or after.
    static boolean shows(Pdu event, Around around, UserId reader, boolean joinsLater) {
        var settings =
                event.isState(TYPE, "")
                        ? List.of(around.settingBefore(), around.settingAfter())
                        : List.of(around.settingAfter());
        var memberships =
                event.isState("m.room.member", reader.value())
                        ? List.of(around.membershipBefore(), around.membershipAfter())
                        : List.of(around.membershipAfter());
        return settings.stream()
                .anyMatch(
                        setting ->
                                memberships.stream().anyMatch(it -> setting.shows(it, joinsLater)));
    }

    /// The setting and the reader's membership before and after an event. `leave` is the membership
    /// of who has none.
    record Around(
            HistoryVisibility settingBefore,
            HistoryVisibility settingAfter,
            String membershipBefore,
            String membershipAfter) {}
}
