package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// What a room's memory has of the events that are staged: who sent each, its size, what it cites.
final class WaitingEvents {

    private final Map<EventId, Waiting> staged = new LinkedHashMap<>();

    private record Waiting(ServerName origin, long bytes, List<EventId> cited) {}

    void add(RoomVersionRules rules, StagedEvent event) {
        var cited = new ArrayList<EventId>();
        switch (EventParser.parse(rules, event.pdu())) {
            case ParsedPdu.Parsed(var pdu) -> {
                cited.addAll(pdu.prevEvents());
                cited.addAll(pdu.authEvents());
            }
            case ParsedPdu.NotAnEvent _ -> {}
        }
        staged.put(event.id(), new Waiting(event.origin(), bytes(event), cited));
    }

    void remove(EventId event) {
        staged.remove(event);
    }

    void clear() {
        staged.clear();
    }

    boolean has(EventId event) {
        return staged.containsKey(event);
    }

    int count() {
        return staged.size();
    }

    /// How much of one server waits.
    Staging.Share of(ServerName origin) {
        var share = Staging.Share.NOTHING;
        for (var event : staged.values()) {
            if (event.origin().equals(origin)) {
                share = share.plus(event.bytes());
            }
        }
        return share;
    }

    static long bytes(StagedEvent event) {
        return JsonWriter.write(event.pdu().json()).length;
    }

    /// Whether one cites an event that the transition places.
    boolean citeAnyOf(RoomTransition transition) {
        if (staged.isEmpty()) {
            return false;
        }
        var placed = new LinkedHashSet<EventId>();
        for (var event : transition.written()) {
            if (event.kind() != EventKind.OUTLIER) {
                placed.add(event.pdu().id());
            }
        }
        return !placed.isEmpty()
                && staged.entrySet().stream()
                        .filter(entry -> !placed.contains(entry.getKey()))
                        .flatMap(entry -> entry.getValue().cited().stream())
                        .anyMatch(placed::contains);
    }
}
