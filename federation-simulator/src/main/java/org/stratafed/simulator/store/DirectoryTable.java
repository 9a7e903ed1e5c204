package org.stratafed.simulator.store;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.UntoldLeave;

/// Accounts, profiles and aliases.
final class DirectoryTable {

    final Map<RoomAlias, Alias> aliases = new LinkedHashMap<>();
    final Set<UserId> users = new LinkedHashSet<>();
    final Map<UserId, JsonObject> profiles = new LinkedHashMap<>();

    final Map<UserId, SequencedMap<RoomId, Long>> forgotten = new LinkedHashMap<>();

    final NavigableMap<Long, RoomId> published = new TreeMap<>();
    private long lastPublished;
    final Map<UserId, SequencedMap<RoomId, UntoldLeave>> untold = new TreeMap<>();

    record Alias(RoomId room, UserId creator) {}

    void addAll(DirectoryTable other) {
        aliases.putAll(other.aliases);
        published.putAll(other.published);
        lastPublished = other.lastPublished;
        other.untold.forEach((user, leaves) -> untold.put(user, new TreeMap<>(leaves)));
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

    void publish(RoomId room, boolean isPublished) {
        if (!isPublished) {
            published.values().remove(room);
        } else if (!published.containsValue(room)) {
            published.put(++lastPublished, room);
        }
    }

    SequencedMap<Long, RoomId> published(long from, boolean backwards, int max) {
        var rest =
                backwards
                        ? published.headMap(from, false).descendingMap()
                        : published.tailMap(from, false);
        var page = new LinkedHashMap<Long, RoomId>();
        rest.entrySet().stream().limit(max).forEach(it -> page.put(it.getKey(), it.getValue()));
        return page;
    }

    void saveUntold(UntoldLeave leave) {
        untold.computeIfAbsent(leave.user(), _ -> new TreeMap<>()).put(leave.room(), leave);
    }

    void removeUntold(UserId user, RoomId room) {
        untold.getOrDefault(user, new TreeMap<>()).remove(room);
    }

    /// Those of equal times are in the order of their users and rooms.
    List<UntoldLeave> untold(int max) {
        return untold.values().stream()
                .flatMap(leaves -> leaves.values().stream())
                .sorted(Comparator.comparingLong(UntoldLeave::nextTryTs))
                .limit(max)
                .toList();
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
