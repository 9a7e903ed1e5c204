package org.stratafed.server.engine.pdu.auth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.PowerLevelValue;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What a power-levels event changes in those before it, each within the power of its sender.
///
/// A level that is added has no value before, and one that is removed none after. The
/// specification leaves open what such a side is compared as. It is compared as nothing, which no
/// power is too little for, and not as the default that takes its place: that is how deployed
/// servers read it, and all have to read it alike. It is decided in [Change] alone.
final class PowerLevelChanges {

    // The rules' numbers, as in the text of room version 11.
    private static final int LEVELS = 5;
    private static final int ENTRY_BEFORE = 6;
    private static final int ENTRY_AFTER = 7;
    private static final int USER_BEFORE = 8;
    private static final int USER_AFTER = 9;

    private final AuthContext context;
    private final JsonObject before;
    private final JsonObject after;
    private final Power sender;

    PowerLevelChanges(AuthContext context, Pdu previous) {
        this.context = context;
        before = previous.content();
        after = context.event().content();
        sender = context.senderPower();
    }

    /// The first change that isn't the sender's to make, in the order of the rules.
    Optional<Denied> firstDenied() {
        return incomparable().or(this::levels).or(this::entries).or(this::users);
    }

    /// Where levels needn't be integers, what isn't a level at all can be compared to nothing, so
    /// that nothing can be said to be within the sender's power. The specification leaves it open;
    /// deployed servers take neither a change to it nor one from it.
    private Optional<Denied> incomparable() {
        return context.rules().integerPowerLevels()
                ? Optional.empty()
                : incomparable(before).or(() -> incomparable(after));
    }

    private Optional<Denied> incomparable(JsonObject content) {
        return PowerLevelRules.LEVELS.stream()
                .filter(name -> content.get(name).filter(this::isNoLevel).isPresent())
                .findFirst()
                .or(
                        () ->
                                maps().stream()
                                        .filter(
                                                name ->
                                                        content.get(name)
                                                                .filter(this::hasNoLevels)
                                                                .isPresent())
                                        .findFirst())
                .map(
                        name ->
                                context.numbers()
                                        .powerLevelsChange(
                                                LEVELS,
                                                1,
                                                name + " has what is no level, before or after."));
    }

    private List<String> maps() {
        return context.rules().notificationsChecked()
                ? List.of(
                        PowerLevelRules.USERS,
                        PowerLevelRules.EVENTS,
                        PowerLevelRules.NOTIFICATIONS)
                : List.of(PowerLevelRules.USERS, PowerLevelRules.EVENTS);
    }

    private boolean isNoLevel(JsonValue value) {
        return PowerLevelValue.read(context.rules(), value).isEmpty();
    }

    private boolean hasNoLevels(JsonValue value) {
        return !(value instanceof JsonObject object)
                || object.members().values().stream().anyMatch(this::isNoLevel);
    }

    private Optional<Denied> levels() {
        for (Change change : changes("", before, after, PowerLevelRules.LEVELS)) {
            // 10.6.1. It was not above the sender's power.
            if (change.wasAbove(sender)) {
                return Optional.of(denied(LEVELS, 1, change));
            }
            // 10.6.2. Nor will it be.
            if (change.isAbove(sender)) {
                return Optional.of(denied(LEVELS, 2, change));
            }
        }
        return Optional.empty();
    }

    private Optional<Denied> entries() {
        var changes = new ArrayList<Change>(changesIn(PowerLevelRules.EVENTS));
        if (context.rules().notificationsChecked()) {
            changes.addAll(changesIn(PowerLevelRules.NOTIFICATIONS));
        }
        // 10.7.1. What it took for an event or notification was not above the sender's power.
        return changes.stream()
                .filter(change -> change.wasAbove(sender))
                .findFirst()
                .map(change -> denied(ENTRY_BEFORE, 1, change))
                // 10.8.1. Nor is what it will take.
                .or(
                        () ->
                                changes.stream()
                                        .filter(change -> change.isAbove(sender))
                                        .findFirst()
                                        .map(change -> denied(ENTRY_AFTER, 1, change)));
    }

    private Optional<Denied> users() {
        var own = context.sender().value();
        var changes = changesIn(PowerLevelRules.USERS);
        // 10.9.1. Another user's power was below the sender's. One's own can be given up.
        return changes.stream()
                .filter(change -> !change.key().equals(own) && change.wasAtLeast(sender))
                .findFirst()
                .map(change -> denied(USER_BEFORE, 1, change))
                // 10.10.1. No user's will be above it.
                .or(
                        () ->
                                changes.stream()
                                        .filter(change -> change.isAbove(sender))
                                        .findFirst()
                                        .map(change -> denied(USER_AFTER, 1, change)));
    }

    private List<Change> changesIn(String name) {
        var old = before.object(name).orElse(JsonObject.empty());
        var current = after.object(name).orElse(JsonObject.empty());
        SequencedSet<String> keys = new LinkedHashSet<>(old.keys());
        keys.addAll(current.keys());
        return changes(name + " ", old, current, List.copyOf(keys));
    }

    private List<Change> changes(
            String prefix, JsonObject old, JsonObject current, List<String> keys) {
        return keys.stream()
                // Most levels are written as they were, and needn't be read for that.
                .filter(key -> !old.get(key).equals(current.get(key)))
                .map(key -> new Change(prefix, key, level(old, key), level(current, key)))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private OptionalLong level(JsonObject levels, String key) {
        var value = levels.get(key);
        return value.isPresent()
                ? PowerLevelValue.read(context.rules(), value.get())
                : OptionalLong.empty();
    }

    private Denied denied(int rule, int part, Change change) {
        return context.numbers()
                .powerLevelsChange(
                        rule,
                        part,
                        "%s has power %s, which is too little to change %s from %s to %s."
                                .formatted(
                                        context.sender(),
                                        sender,
                                        change.name(),
                                        Change.shown(change.before()),
                                        Change.shown(change.after())));
    }

    /// One level, before and after. What isn't there is neither above anything nor at least that.
    private record Change(String prefix, String key, OptionalLong before, OptionalLong after) {

        boolean wasAbove(Power power) {
            return before.isPresent() && Power.of(before.getAsLong()).isAbove(power);
        }

        boolean wasAtLeast(Power power) {
            return before.isPresent() && Power.of(before.getAsLong()).isAtLeast(power);
        }

        boolean isAbove(Power power) {
            return after.isPresent() && Power.of(after.getAsLong()).isAbove(power);
        }

        String name() {
            return prefix + key;
        }

        static String shown(OptionalLong level) {
            return level.isPresent() ? String.valueOf(level.getAsLong()) : "nothing";
        }
    }
}
