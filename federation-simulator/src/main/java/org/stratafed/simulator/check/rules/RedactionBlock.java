package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// Rule 11 of versions 1 and 2: "If type is `m.room.redaction`".
final class RedactionBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.redaction")) {
            return Optional.empty();
        }
        // 1. If the `sender`'s power level is greater than or equal to the *redact level*, allow.
        if (terms.senderPower().isAtLeast(terms.redactLevel())) {
            return Ruling.allow("1");
        }
        // Not in the text: deployed servers allow one that names no event, as it redacts nothing.
        var redacted = terms.event().json().string("redacts");
        if (redacted.isEmpty()) {
            return Ruling.allow(Ruling.UNNUMBERED);
        }
        // 2. If the domain of the `event_id` of the event being redacted is the same as the domain
        // of the `event_id` of the `m.room.redaction`, allow.
        if (domain(redacted.get()).equals(domain(terms.event().id().value()))) {
            return Ruling.allow("2");
        }
        // 3. Otherwise, reject.
        return Ruling.reject("3");
    }

    private static String domain(String eventId) {
        return eventId.substring(eventId.indexOf(':') + 1);
    }
}
