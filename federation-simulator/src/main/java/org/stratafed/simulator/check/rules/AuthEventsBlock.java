package org.stratafed.simulator.check.rules;

import java.util.LinkedHashSet;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;

/// "Considering the event's `auth_events`", rule 2, and 3 in version 12.
final class AuthEventsBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        var entries = terms.authEvents();
        // 1. If there are duplicate entries for a given `type` and `state_key` pair, reject.
        var seen = new LinkedHashSet<StateKeyTuple>();
        for (var entry : entries) {
            var key = entry.event().stateTuple();
            if (key.isPresent() && !seen.add(key.get())) {
                return Ruling.reject("1");
            }
        }
        // 2. If there are entries whose `type` and `state_key` don't match those specified by the
        // auth events selection algorithm, reject.
        var selected = AuthEventsSelection.of(terms.edition(), terms.event());
        for (var entry : entries) {
            var key = entry.event().stateTuple();
            if (key.isEmpty() || !selected.contains(key.get())) {
                return Ruling.reject("2");
            }
        }
        // 3. If there are entries which were themselves rejected, reject.
        if (entries.stream().anyMatch(CitedEvent::isRejected)) {
            return Ruling.reject("3");
        }
        // 4. If there is no `m.room.create` event among the entries, reject. (Not in version 12.)
        if (terms.edition().createIsCited()
                && entries.stream().noneMatch(it -> isCreate(it.event()))) {
            return Ruling.reject("4");
        }
        // 5. If any event in `auth_events` has a `room_id` which does not match that of the event
        // being authorised, reject.
        if (entries.stream().anyMatch(it -> !it.event().roomId().equals(terms.event().roomId()))) {
            return Ruling.reject("5");
        }
        return Optional.empty();
    }

    private static boolean isCreate(Pdu event) {
        return event.type().equals("m.room.create");
    }
}
