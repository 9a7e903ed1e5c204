package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;

/// Rule 1 of version 12: "If type is `m.room.create`".
final class CreateOf12 implements RuleBlock {

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
        // 2. If the event has a `room_id`, reject.
        if (event.json().has("room_id")) {
            return Ruling.reject("2");
        }
        // 3. If `content.room_version` is present and is not a recognised version, reject.
        if (terms.content().has("room_version") && !Edition.isRecognised(terms.content())) {
            return Ruling.reject("3");
        }
        // 4. If `additional_creators` is present in `content` and is not an array of strings where
        // each string passes the same user ID validation applied to `sender`, reject.
        if (terms.content().has("additional_creators") && !areUsers(terms)) {
            return Ruling.reject("4");
        }
        // 5. Otherwise, allow.
        return Ruling.allow("5");
    }

    private static boolean areUsers(Terms terms) {
        Optional<List<String>> users =
                terms.content().array("additional_creators").flatMap(JsonArray::strings);
        return users.isPresent()
                && users.get().stream().allMatch(user -> UserId.parse(user).isPresent());
    }
}
