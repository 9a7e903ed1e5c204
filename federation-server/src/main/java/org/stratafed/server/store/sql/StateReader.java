package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;

/// How states are put together from the rows of a line and its ancestors. The rows come nearest
/// line first, so that of each key the first row counts; one without an event says it is gone.
final class StateReader {

    private StateReader() {}

    static StateMap state(SqlSession session, RoomId room, StatePoint point) throws SQLException {
        var seen = new LinkedHashSet<Long>();
        StateMap[] state = {StateMap.empty()};
        boolean[] isKnown = {false};
        session.visit(
                StateStatements.STATE,
                row -> {
                    isKnown[0] = true;
                    if (!row.isNull(1) && seen.add(row.number(1))) {
                        Optional<String> event = row.optionalText(2);
                        if (event.isPresent()) {
                            var key = new StateKeyTuple(row.text(3), row.text(4));
                            state[0] = state[0].with(key, new EventId(event.get()));
                        }
                    }
                    return true;
                },
                point.version(),
                room.value(),
                point.line());
        requireKnown(isKnown[0], room, point);
        return state[0];
    }

    /// Some keys of some states, with their events.
    static SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>> events(
            SqlSession session,
            RoomId room,
            SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted)
            throws SQLException {
        var numbers = numbers(session, wanted);
        var ids = new LinkedHashMap<StatePoint, SequencedMap<StateKeyTuple, EventId>>();
        var all = new LinkedHashSet<EventId>();
        for (var entry : wanted.entrySet()) {
            var found = ids(session, room, entry.getKey(), entry.getValue(), numbers);
            ids.put(entry.getKey(), found);
            all.addAll(found.values());
        }
        Map<EventId, StoredEvent> stored = EventRows.inOrder(session, room, all);
        var events = new LinkedHashMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>>();
        ids.forEach(
                (point, found) -> {
                    var pdus = new LinkedHashMap<StateKeyTuple, Pdu>();
                    found.forEach((key, id) -> pdus.put(key, stored.get(id).pdu()));
                    events.put(point, Collections.unmodifiableSequencedMap(pdus));
                });
        return Collections.unmodifiableSequencedMap(events);
    }

    /// The numbers of all keys that have one; another is set nowhere.
    private static Map<StateKeyTuple, Long> numbers(
            SqlSession session, SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted)
            throws SQLException {
        var keys = new LinkedHashSet<StateKeyTuple>();
        wanted.values().forEach(keys::addAll);
        var numbers = new LinkedHashMap<StateKeyTuple, Long>();
        for (StateKeyTuple key : keys) {
            StateKeys.find(session, key).ifPresent(nid -> numbers.put(key, nid));
        }
        return numbers;
    }

    private static SequencedMap<StateKeyTuple, EventId> ids(
            SqlSession session,
            RoomId room,
            StatePoint point,
            SequencedSet<StateKeyTuple> keys,
            Map<StateKeyTuple, Long> numbers)
            throws SQLException {
        List<Long> asked = keys.stream().filter(numbers::containsKey).map(numbers::get).toList();
        var found = new LinkedHashMap<Long, Optional<EventId>>();
        boolean[] isKnown = {asked.isEmpty()};
        InList.visit(
                session,
                StateStatements.STATE_OF_KEYS,
                List.of(point.version(), room.value(), point.line()),
                asked,
                List.of(),
                row -> {
                    isKnown[0] = true;
                    if (!row.isNull(1)) {
                        found.putIfAbsent(row.number(1), row.optionalText(2).map(EventId::new));
                    }
                    return true;
                });
        requireKnown(isKnown[0], room, point);
        var ids = new LinkedHashMap<StateKeyTuple, EventId>();
        for (StateKeyTuple key : keys) {
            Optional.ofNullable(numbers.get(key))
                    .flatMap(nid -> found.getOrDefault(nid, Optional.empty()))
                    .ifPresent(id -> ids.put(key, id));
        }
        return ids;
    }

    /// An empty state in place of one that isn't there would be believed.
    private static void requireKnown(boolean isKnown, RoomId room, StatePoint point) {
        if (!isKnown) {
            throw new IllegalArgumentException("no such state: " + point + " of " + room);
        }
    }
}
