package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;

/// Rule 9 of versions 10 and 11: "If type is `m.room.power_levels`".
final class PowerLevelsOf10 implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.power_levels")) {
            return Optional.empty();
        }
        var content = new PowerLevelContent(terms.edition().levels(), terms.content());
        // 1. If any of the properties `users_default`, `events_default`, `state_default`, `ban`,
        // `redact`, `kick`, or `invite` in `content` are present and not an integer, reject.
        if (!content.areLevelsIfPresent()) {
            return Ruling.reject("1");
        }
        // 2. If either of the properties `events` or `notifications` in `content` are present and
        // not an object with values that are integers, reject.
        if (!content.isObjectOfLevelsIfPresent("events")
                || !content.isObjectOfLevelsIfPresent("notifications")) {
            return Ruling.reject("2");
        }
        // 3. If the `users` property in `content` is not an object with keys that are valid user
        // IDs with values that are integers, reject.
        if (!content.areUsersValid()) {
            return Ruling.reject("3");
        }
        // 4. If there is no previous `m.room.power_levels` event in the room, allow.
        var previous = terms.state().event("m.room.power_levels", "");
        if (previous.isEmpty()) {
            return Ruling.allow("4");
        }
        // 5. to 10.
        var before = new PowerLevelContent(terms.edition().levels(), previous.get().content());
        return new PowerLevelChanges(terms, before, content)
                .apply(5, List.of("events", "notifications"), "10");
    }
}
