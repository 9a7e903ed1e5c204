package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.server.engine.pdu.room.Promise;

/// Which missing events are being fetched: one fetch at a time for each, however many need it.
///
/// Whoever wants several gets all of them or waits for all of them, so that nobody waits for
/// another while holding what that one waits for.
final class Fetches {

    private final Map<Missing, Promise<Void>> underWay = new LinkedHashMap<>();

    private record Missing(RoomId room, EventId event) {}

    /// Fetches these, once nobody else fetches any of them. What has come by then need not be
    /// fetched again: that is for the fetch to look at.
    <T> Uni<T> alone(RoomId room, Collection<EventId> events, Supplier<Uni<T>> fetch) {
        for (var event : events) {
            var other = underWay.get(new Missing(room, event));
            if (other != null) {
                return other.uni().chain(() -> alone(room, events, fetch));
            }
        }
        var claimed = new LinkedHashSet<Missing>();
        events.forEach(event -> claimed.add(new Missing(room, event)));
        var over = new Promise<Void>();
        claimed.forEach(it -> underWay.put(it, over));
        return Promise.eager(
                Uni.createFrom()
                        .deferred(() -> fetch.get())
                        .onTermination()
                        .invoke(
                                () -> {
                                    claimed.forEach(underWay::remove);
                                    over.complete(null);
                                }));
    }

    /// Those that are being fetched now.
    SequencedSet<EventId> underWay(RoomId room) {
        var events = new LinkedHashSet<EventId>();
        List.copyOf(underWay.keySet()).stream()
                .filter(it -> it.room().equals(room))
                .forEach(it -> events.add(it.event()));
        return events;
    }
}
