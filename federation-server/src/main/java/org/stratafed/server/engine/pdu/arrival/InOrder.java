package org.stratafed.server.engine.pdu.arrival;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.event.EventParser;

/// Events that come in any order, given out in one in which each comes after what it cites for its
/// authorization. What waits is kept as bytes, which take a fifth of the room.
final class InOrder {

    private final RoomVersionRules rules;
    private final SequencedSet<EventId> passed = new LinkedHashSet<>();
    private final Map<EventId, List<Waiting>> waiting = new LinkedHashMap<>();
    private final SequencedSet<EventId> lacking = new LinkedHashSet<>();
    private final Deque<Ready> ready = new ArrayDeque<>();

    InOrder(RoomVersionRules rules) {
        this.rules = rules;
    }

    /// An event whose turn it is.
    sealed interface Ready {

        EventId id();

        /// One that did not have to wait.
        record Whole(Pdu pdu) implements Ready {
            @Override
            public EventId id() {
                return pdu.id();
            }
        }

        /// One that had to.
        record Packed(EventId id, byte[] bytes) implements Ready {}
    }

    private static final class Waiting {

        private final Ready.Packed event;
        private int lacks;

        private Waiting(Ready.Packed event, int lacks) {
            this.event = event;
            this.lacks = lacks;
        }
    }

    /// Takes an event in, once.
    void add(Pdu pdu) {
        var lacks = cited(pdu);
        lacks.removeAll(passed);
        if (lacks.isEmpty()) {
            ready.add(new Ready.Whole(pdu));
            pass(pdu.id());
            return;
        }
        var event = new Waiting(new Ready.Packed(pdu.id(), pdu.bytes()), lacks.size());
        lacking.add(pdu.id());
        lacks.forEach(id -> waiting.computeIfAbsent(id, _ -> new ArrayList<>()).add(event));
    }

    private SequencedSet<EventId> cited(Pdu pdu) {
        var cited = new LinkedHashSet<>(pdu.authEvents());
        // Where the room's ID is its create event's, all cite that without saying so.
        if (rules.roomIdIsCreateHash() && !pdu.isState("m.room.create", "")) {
            cited.add(new EventId("$" + pdu.roomId().value().substring(1)));
        }
        return cited;
    }

    /// The event is here, or will be before whatever is given out from now on.
    void pass(EventId event) {
        var now = new ArrayDeque<EventId>();
        now.add(event);
        while (!now.isEmpty()) {
            var id = now.remove();
            passed.add(id);
            var freed = Optional.ofNullable(waiting.remove(id)).orElse(List.of());
            for (var one : freed) {
                if (--one.lacks == 0) {
                    lacking.remove(one.event.id());
                    ready.add(one.event);
                    now.add(one.event.id());
                }
            }
        }
    }

    int readyCount() {
        return ready.size();
    }

    /// Takes out the next events, at most so many.
    List<Ready> next(int max) {
        var next = new ArrayList<Ready>();
        while (next.size() < max && !ready.isEmpty()) {
            next.add(ready.remove());
        }
        return next;
    }

    /// Those that lack what they cite, or cite each other.
    SequencedSet<EventId> lacking() {
        return lacking;
    }

    /// The events themselves, of which those that waited are read anew.
    static List<Pdu> unpacked(RoomVersionRules rules, List<Ready> events) {
        return events.stream().map(event -> unpacked(rules, event)).toList();
    }

    private static Pdu unpacked(RoomVersionRules rules, Ready event) {
        return switch (event) {
            case Ready.Whole(var pdu) -> pdu;
            case Ready.Packed(var id, var bytes) ->
                    EventParser.known(rules, id, JsonReader.readObject(bytes));
        };
    }
}
