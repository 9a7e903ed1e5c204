package org.stratafed.simulator.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;

/// Who is joined to a room now, by server. A server that had members once keeps its entry.
final class Members {

    private final TreeMap<ServerName, TreeSet<UserId>> joined = new TreeMap<>();

    void addAll(Members other) {
        other.joined.forEach((server, users) -> joined.put(server, new TreeSet<>(users)));
    }

    void set(UserId user, boolean isJoined) {
        if (isJoined) {
            joined.computeIfAbsent(user.server(), _ -> new TreeSet<>()).add(user);
        } else if (joined.containsKey(user.server())) {
            joined.get(user.server()).remove(user);
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

    boolean everResident(ServerName server) {
        return joined.containsKey(server);
    }

    List<UserId> of(ServerName server) {
        return joined.containsKey(server) ? List.copyOf(joined.get(server)) : List.of();
    }
}
