package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// Takes away everything of an event that the room doesn't need to go on working.
///
/// What is left is what signatures and event IDs cover. So this is part of signing, of checking
/// signatures and of naming an event, besides being what a redaction does.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#redactions">Redactions</a>
public final class Redaction {

    private Redaction() {}

    /// What the room version leaves of the event, in the order it had. `unsigned` goes too.
    public static JsonObject redact(RoomVersionRules rules, JsonObject event) {
        return rules.redaction().redact(event);
    }
}
