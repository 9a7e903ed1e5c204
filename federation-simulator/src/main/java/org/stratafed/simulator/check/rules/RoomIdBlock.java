package org.stratafed.simulator.check.rules;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;

/// Rule 2 of version 12, on the event's `room_id`.
final class RoomIdBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        // If the event's `room_id` is not an event ID for an accepted (not rejected)
        // `m.room.create` event, with the sigil `!` instead of `$`, reject.
        var expected = terms.event().roomId().value().replaceFirst("!", "\\$");
        if (!terms.create().map(Pdu::id).filter(it -> it.value().equals(expected)).isPresent()) {
            return Ruling.reject("");
        }
        return Optional.empty();
    }
}
