package org.stratafed.simulator.check.rules;

import java.util.Optional;
import org.stratafed.api.model.id.ServerName;

/// Rule 1 of version 11: "If type is `m.room.create`".
final class CreateOf11 implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        var event = terms.event();
        if (!terms.isType("m.room.create")) {
            return Optional.empty();
        }
        // 1. If it has any `prev_events`, reject.
        if (!event.prevEvents().isEmpty()) {
            return Ruling.reject("1");
        }
        // 2. If the domain of the `room_id` does not match the domain of the `sender`, reject.
        var roomDomain = event.roomId().server().map(ServerName::value).orElse("");
        if (!roomDomain.equals(Terms.domain(terms.sender()))) {
            return Ruling.reject("2");
        }
        // 3. If `content.room_version` is present and is not a recognised version, reject.
        if (terms.content().has("room_version") && !Edition.isRecognised(terms.content())) {
            return Ruling.reject("3");
        }
        // 4. Otherwise, allow.
        return Ruling.allow("4");
    }
}
