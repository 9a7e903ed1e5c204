package org.stratafed.server.engine.pdu.event;

import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;

/// The hash that identifies an event, redacted or not: over what redaction leaves of it, without
/// its signatures.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#signing-events">
///     Calculating the reference hash for an event</a>
public final class ReferenceHash {

    private ReferenceHash() {}

    /// The hash as it stands beside an event's ID where citations have both.
    public static String of(RoomVersionRules rules, JsonObject event) {
        return UnpaddedBase64.encode(digest(rules, event));
    }

    /// The event's ID in rooms with these rules. The event must have the format of one, for where
    /// its sender chose the ID it is read from it.
    public static EventId eventId(RoomVersionRules rules, JsonObject event) {
        return switch (rules.eventIdFormat()) {
            case CHOSEN_BY_SENDER ->
                    event.string("event_id")
                            .map(EventId::new)
                            .orElseThrow(() -> new IllegalArgumentException("no event_id"));
            case REFERENCE_HASH_STANDARD -> new EventId("$" + of(rules, event));
            case REFERENCE_HASH_URL_SAFE ->
                    new EventId("$" + UnpaddedBase64.encodeUrl(digest(rules, event)));
        };
    }

    /// The ID of the room that a create event makes, where the one follows from the other.
    public static RoomId roomId(RoomVersionRules rules, JsonObject create) {
        if (!rules.roomIdIsCreateHash()) {
            throw new IllegalArgumentException("room IDs of this version are chosen, not hashes");
        }
        return RoomId.ofCreateEvent(eventId(rules, create));
    }

    private static byte[] digest(RoomVersionRules rules, JsonObject event) {
        return Sha256.digest(SignedPart.bytes(rules, event));
    }
}
