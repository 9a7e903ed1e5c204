package org.stratafed.simulator.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// Accounts, profiles and aliases.
final class DirectoryTable {

    final Map<RoomAlias, Alias> aliases = new LinkedHashMap<>();
    final Set<UserId> users = new LinkedHashSet<>();
    final Map<UserId, JsonObject> profiles = new LinkedHashMap<>();

    final Map<UserId, SequencedMap<RoomId, Long>> forgotten = new LinkedHashMap<>();

    record Alias(RoomId room, UserId creator) {}

    void addAll(DirectoryTable other) {
        aliases.putAll(other.aliases);
        users.addAll(other.users);
        profiles.putAll(other.profiles);
        other.forgotten.forEach((user, rooms) -> forgotten.put(user, new TreeMap<>(rooms)));
    }

    Optional<Alias> alias(RoomAlias alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    List<RoomAlias> aliases(RoomId room) {
        return aliases.entrySet().stream()
                .filter(entry -> entry.getValue().room().equals(room))
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean addAlias(RoomAlias alias, RoomId room, UserId creator) {
        return aliases.putIfAbsent(alias, new Alias(room, creator)) == null;
    }

    void forget(UserId user, RoomId room, long position) {
        forgotten.computeIfAbsent(user, _ -> new TreeMap<>()).put(room, position);
    }

    SequencedMap<RoomId, Long> forgotten(UserId user) {
        return new TreeMap<>(forgotten.getOrDefault(user, new TreeMap<>()));
    }

    JsonObject profile(UserId user) {
        return profiles.getOrDefault(user, JsonObject.empty());
    }
}
