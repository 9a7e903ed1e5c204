package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;

/// The part of an event that its signatures and its reference hash are over: what redaction
/// leaves, without the signatures themselves.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Signing events</a>
final class SignedPart {

    private SignedPart() {}

    static byte[] bytes(RoomVersionRules rules, JsonObject event) {
        return JsonSigning.signedBytes(withoutImpliedRoom(rules, Redaction.redact(rules, event)));
    }

    /// Where the room's ID is its create event's, a create event says no `room_id`. One that does
    /// is never authorised, but it needs the ID that deployed servers give it.
    private static JsonObject withoutImpliedRoom(RoomVersionRules rules, JsonObject redacted) {
        boolean impliesRoom =
                rules.roomIdIsCreateHash()
                        && redacted.string("type").filter("m.room.create"::equals).isPresent();
        return impliesRoom ? redacted.without("room_id") : redacted;
    }
}
