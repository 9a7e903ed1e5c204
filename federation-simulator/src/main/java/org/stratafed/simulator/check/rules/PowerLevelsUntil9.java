package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;

/// "If type is `m.room.power_levels`" up to version 9: rule 10, and 9 from version 6 on.
final class PowerLevelsUntil9 implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.power_levels")) {
            return Optional.empty();
        }
        var content = new PowerLevelContent(terms.edition().levels(), terms.content());
        // 1. If the `users` property in `content` is not an object with keys that are valid user
        // IDs with values that are integers (or a string that is an integer), reject.
        if (!content.areUsersValid()) {
            return Ruling.reject("1");
        }
        // 2. If there is no previous `m.room.power_levels` event in the room, allow.
        var previous = terms.state().event("m.room.power_levels", "");
        if (previous.isEmpty()) {
            return Ruling.allow("2");
        }
        // 3. to 8. Up to version 5 they leave out `notifications`.
        var before = new PowerLevelContent(terms.edition().levels(), previous.get().content());
        var changes = new PowerLevelChanges(terms, before, content);
        return terms.edition().coversNotifications()
                ? changes.apply(3, List.of("events", "notifications"), "8")
                : changes.apply(3, List.of("events"), "8");
    }
}
