package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Who may change which power level, the last of the rules on `m.room.power_levels`.
///
/// The text does not say what the value is of something that is added or removed. Deployed servers
/// take it that what isn't there is not greater than anything.
final class PowerLevelChanges {

    private final Terms terms;
    private final PowerLevelContent before;
    private final PowerLevelContent after;

    PowerLevelChanges(Terms terms, PowerLevelContent before, PowerLevelContent after) {
        this.terms = terms;
        this.before = before;
        this.after = after;
    }

    /// @param first the number of the first of these rules
    /// @param maps the properties that have levels by name
    /// @param last the number of the last rule, which allows
    Optional<Ruling> apply(int first, List<String> maps, String last) {
        return properties(first)
                .or(() -> firstOf(maps, name -> current(name, first + 1)))
                .or(() -> firstOf(maps, name -> next(name, first + 2)))
                .or(() -> currentUsers(first + 3))
                .or(() -> nextUsers(first + 4))
                // Otherwise, allow.
                .or(() -> Ruling.allow(last));
    }

    private static Optional<Ruling> firstOf(
            List<String> names, Function<String, Optional<Ruling>> rule) {
        return names.stream().map(rule).flatMap(Optional::stream).findFirst();
    }

    /// For the properties `users_default`, `events_default`, `state_default`, `ban`, `redact`,
    /// `kick`, `invite` check if they were added, changed or removed. For each found alteration:
    private Optional<Ruling> properties(int number) {
        for (var name : PowerLevelContent.LEVELS) {
            var current = before.level(name);
            var next = after.level(name);
            if (current.equals(next)) {
                continue;
            }
            // 1. If the current value is higher than the `sender`'s current power level, reject.
            if (current.isPresent() && current.get().isGreaterThan(terms.senderPower())) {
                return Ruling.reject(number + ".1");
            }
            // 2. If the new value is higher than the `sender`'s current power level, reject.
            if (next.isPresent() && next.get().isGreaterThan(terms.senderPower())) {
                return Ruling.reject(number + ".2");
            }
        }
        return Optional.empty();
    }

    /// For each entry being changed in, or removed from, the `events` or `notifications`
    /// properties:
    private Optional<Ruling> current(String name, int number) {
        var current = before.levels(name);
        for (var key : changed(current, after.levels(name))) {
            // 1. If the current value is greater than the `sender`'s current power level, reject.
            if (current.containsKey(key) && current.get(key).isGreaterThan(terms.senderPower())) {
                return Ruling.reject(number + ".1");
            }
        }
        return Optional.empty();
    }

    /// For each entry being added to, or changed in, the `events` or `notifications` properties:
    private Optional<Ruling> next(String name, int number) {
        var next = after.levels(name);
        for (var key : changed(before.levels(name), next)) {
            // 1. If the new value is greater than the `sender`'s current power level, reject.
            if (next.containsKey(key) && next.get(key).isGreaterThan(terms.senderPower())) {
                return Ruling.reject(number + ".1");
            }
        }
        return Optional.empty();
    }

    /// For each entry being changed in, or removed from, the `users` property, other than the
    /// `sender`'s own entry:
    private Optional<Ruling> currentUsers(int number) {
        var current = before.users();
        for (var user : changed(current, after.users())) {
            // 1. If the current value is greater than or equal to the `sender`'s current power
            // level, reject.
            if (!user.equals(terms.sender())
                    && current.containsKey(user)
                    && current.get(user).isAtLeast(terms.senderPower())) {
                return Ruling.reject(number + ".1");
            }
        }
        return Optional.empty();
    }

    /// For each entry being added to, or changed in, the `users` property:
    private Optional<Ruling> nextUsers(int number) {
        var next = after.users();
        for (var user : changed(before.users(), next)) {
            // 1. If the new value is greater than the `sender`'s current power level, reject.
            if (next.containsKey(user) && next.get(user).isGreaterThan(terms.senderPower())) {
                return Ruling.reject(number + ".1");
            }
        }
        return Optional.empty();
    }

    private static List<String> changed(
            SequencedMap<String, Level> before, SequencedMap<String, Level> after) {
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(
                key ->
                        Optional.ofNullable(before.get(key))
                                .equals(Optional.ofNullable(after.get(key))));
        return List.copyOf(keys);
    }
}
