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
        // Among what the text says of deprecated content, up to version 5: values outside the range
        // represented by IEEE 754 binary64 cause the event to be rejected.
        if (content.isBeyondDoubles()) {
            return Ruling.reject(Ruling.UNNUMBERED);
        }
        // 2. If there is no previous `m.room.power_levels` event in the room, allow.
        var previous = terms.state().event("m.room.power_levels", "");
        if (previous.isEmpty()) {
            return Ruling.allow("2");
        }
        // Not in the text: what is no level can't be compared. With deployed servers, such levels
        // can't be replaced, nor can others be by such.
        var before = new PowerLevelContent(terms.edition().levels(), previous.get().content());
        var maps =
                terms.edition().coversNotifications()
                        ? List.of("events", "notifications")
                        : List.of("events");
        if (!before.areComparable(maps) || !content.areComparable(maps)) {
            return Ruling.reject(Ruling.UNNUMBERED);
        }
        // 3. to 8. Up to version 5 they leave out `notifications`.
        return new PowerLevelChanges(terms, before, content).apply(3, maps, "8");
    }
}
