package org.stratafed.simulator.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// Who is joined to a room now, by server. A server that had members once keeps its entry.
final class Members {

    private final TreeMap<ServerName, List<UserId>> joined = new TreeMap<>();
    private final SharedValues shared;

    Members(SharedValues shared) {
        this.shared = shared;
    }

    Members copy() {
        var copy = new Members(shared);
        copy.joined.putAll(joined);
        return copy;
    }

    void set(UserId user, boolean isJoined) {
        var before = of(user.server());
        if (isJoined && !before.contains(user)) {
            var all = Stream.concat(before.stream(), Stream.of(shared.kept(user))).sorted();
            joined.put(shared.kept(user.server()), List.copyOf(all.toList()));
        } else if (!isJoined && before.contains(user)) {
            var others = before.stream().filter(one -> !one.equals(user));
            joined.put(shared.kept(user.server()), List.copyOf(others.toList()));
        }
    }

    SequencedSet<ServerName> residentServers() {
        var servers = new LinkedHashSet<ServerName>();
        joined.forEach(
                (server, users) -> {
                    if (!users.isEmpty()) {
                        servers.add(server);
                    }
                });
        return servers;
    }

    long count() {
        return joined.values().stream().mapToLong(List::size).sum();
    }

    boolean everResident(ServerName server) {
        return joined.containsKey(server);
    }

    List<UserId> of(ServerName server) {
        return joined.getOrDefault(server, List.of());
    }
}
