package org.stratafed.simulator.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// The content of an `m.room.power_levels` event.
final class PowerLevelContent {

    /// The properties that are levels themselves.
    static final List<String> LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    private final LevelReading reading;
    private final JsonObject content;

    PowerLevelContent(LevelReading reading, JsonObject content) {
        this.reading = reading;
        this.content = content;
    }

    boolean areLevelsIfPresent() {
        return LEVELS.stream().allMatch(name -> !content.has(name) || level(name).isPresent());
    }

    boolean isObjectOfLevelsIfPresent(String name) {
        if (!content.has(name)) {
            return true;
        }
        var object = content.object(name);
        return object.isPresent()
                && object.get().members().values().stream()
                        .allMatch(value -> reading.read(value).isPresent());
    }

    boolean areComparable(List<String> maps) {
        return areLevelsIfPresent()
                && isObjectOfLevelsIfPresent("users")
                && maps.stream().allMatch(this::isObjectOfLevelsIfPresent);
    }

    /// Whether any of the levels, `users` aside, is a float out of the range of IEEE 754 binary64.
    boolean isBeyondDoubles() {
        var values = new ArrayList<JsonValue>();
        LEVELS.forEach(name -> content.get(name).ifPresent(values::add));
        for (var name : List.of("events", "notifications")) {
            content.object(name).ifPresent(it -> values.addAll(it.members().values()));
        }
        return values.stream().anyMatch(LevelReading::isBeyondDoubles);
    }

    /// Taken by the letter, `users` has to be there. Deployed servers do without.
    boolean areUsersValid() {
        return isObjectOfLevelsIfPresent("users")
                && content.object("users").orElse(JsonObject.empty()).keys().stream()
                        .allMatch(user -> UserId.parse(user).isPresent());
    }

    Optional<Level> level(String name) {
        return content.get(name).flatMap(reading::read);
    }

    SequencedMap<String, Level> users() {
        return levels("users");
    }

    SequencedMap<String, Level> levels(String name) {
        var levels = new TreeMap<String, Level>();
        content.object(name)
                .orElse(JsonObject.empty())
                .members()
                .forEach((key, value) -> reading.read(value).ifPresent(it -> levels.put(key, it)));
        return levels;
    }
}
