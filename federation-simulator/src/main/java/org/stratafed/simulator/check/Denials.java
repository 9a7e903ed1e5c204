package org.stratafed.simulator.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.store.Disk;

/// All the server ACLs that each server had of each room so far. What was sent while its server was
/// denied was not taken, and who asked while he was denied got no answer; neither is made up for
/// when he is not denied any more, unless somebody builds upon it.
final class Denials {

    private final Map<Place, Set<JsonObject>> lists = new LinkedHashMap<>();

    /// A room as one server has it.
    private record Place(ServerName server, RoomId room) {}

    void onCommit(Disk disk, RoomCommit commit) {
        if (commit.currentChanges().containsKey(Denial.LIST)) {
            Denial.list(disk.room(commit.room()).orElseThrow())
                    .ifPresent(
                            list ->
                                    lists.computeIfAbsent(
                                                    new Place(disk.owner(), commit.room()),
                                                    _ -> new LinkedHashSet<>())
                                            .add(list));
        }
    }

    /// Whether one of the two has ever denied the other.
    boolean wereBetween(SimServer one, SimServer other, RoomId room) {
        return wereBy(one, other, room) || wereBy(other, one, room);
    }

    private boolean wereBy(SimServer by, SimServer other, RoomId room) {
        return lists.getOrDefault(new Place(by.name(), room), Set.of()).stream()
                .anyMatch(list -> Denial.is(list, other.name()));
    }
}
