package org.stratafed.simulator.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.VerdictStore;

/// Copies of events that a virtual server did not keep.
final class DroppedTable {

    private final Deque<DroppedPdu> all = new ArrayDeque<>();

    /// How many of each origin; the one with the newest last.
    private final Map<ServerName, Integer> origins = new LinkedHashMap<>();

    void addAll(DroppedTable other) {
        all.addAll(other.all);
        origins.putAll(other.origins);
    }

    void add(DroppedPdu pdu) {
        var origin = pdu.arrival().peer();
        int before = origins.getOrDefault(origin, 0);
        if (pdu.arrival().transaction().isPresent() && all.removeIf(it -> isAt(it, pdu))) {
            before--;
        }
        if (before == VerdictStore.DROPPED_PER_ORIGIN_MAX) {
            all.remove(all.stream().filter(isOf(origin)).findFirst().orElseThrow());
            before--;
        }
        all.addLast(pdu);
        origins.remove(origin);
        origins.put(origin, before + 1);
        if (origins.size() > VerdictStore.ORIGINS_MAX) {
            var eldest = origins.keySet().iterator().next();
            origins.remove(eldest);
            all.removeIf(isOf(eldest));
        }
    }

    private static Predicate<DroppedPdu> isOf(ServerName origin) {
        return pdu -> pdu.arrival().peer().equals(origin);
    }

    private static boolean isAt(DroppedPdu one, DroppedPdu other) {
        return one.arrival().equals(other.arrival())
                && one.room().equals(other.room())
                && one.index() == other.index();
    }

    /// Newest first.
    List<DroppedPdu> those(Predicate<DroppedPdu> wanted) {
        return all.stream().filter(wanted).toList().reversed();
    }
}
