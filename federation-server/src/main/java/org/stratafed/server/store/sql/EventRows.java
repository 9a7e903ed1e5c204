package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;

/// How stored events are read from rows.
final class EventRows {

    private EventRows() {}

    /// What is stored of these events, in the order asked.
    static SequencedMap<EventId, StoredEvent> inOrder(
            SqlSession session, RoomId room, SequencedSet<EventId> asked) throws SQLException {
        var found = new LinkedHashMap<EventId, StoredEvent>();
        InList.visit(
                session,
                EventStatements.EVENTS,
                List.of(room.value()),
                texts(asked),
                List.of(),
                row -> {
                    StoredEvent event = stored(row);
                    found.put(event.pdu().id(), event);
                    return true;
                });
        var inOrder = new LinkedHashMap<EventId, StoredEvent>();
        for (EventId id : asked) {
            if (found.containsKey(id)) {
                inOrder.put(id, found.get(id));
            }
        }
        return Collections.unmodifiableSequencedMap(inOrder);
    }

    static List<String> texts(Collection<EventId> ids) {
        return ids.stream().map(EventId::value).toList();
    }

    /// Reads the columns of [EventStatements#COLUMNS].
    static StoredEvent stored(Row row) throws SQLException {
        return new StoredEvent(
                pdu(row, 1),
                EventKind.valueOf(row.text(5)),
                EventStatus.valueOf(row.text(6)),
                refusal(row),
                point(row, 9),
                point(row, 11),
                row.optionalNumber(13),
                row.optionalNumber(14));
    }

    /// Reads room id, event id, what is redacted, and the JSON, from this column on.
    ///
    /// What an event cites is read by its shape: ids, or (in old rooms) pairs of an id and hashes.
    /// What it redacts is at a place that only the room version knows, so it has a column.
    static Pdu pdu(Row row, int column) throws SQLException {
        JsonObject json = JsonReader.readObject(row.bytes(column + 3));
        return new Pdu(
                new EventId(row.text(column + 1)),
                new RoomId(row.text(column)),
                json,
                cited(json, "prev_events"),
                cited(json, "auth_events"),
                row.optionalText(column + 2).map(EventId::new));
    }

    /// Reads line and version, from this column on.
    static Optional<StatePoint> point(Row row, int column) throws SQLException {
        return row.isNull(column)
                ? Optional.empty()
                : Optional.of(new StatePoint(row.integer(column), row.integer(column + 1)));
    }

    private static Optional<Refusal> refusal(Row row) throws SQLException {
        Optional<String> check = row.optionalText(7);
        return check.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                PduCheck.valueOf(check.get()),
                                row.optionalText(15).map(AuthRule::new),
                                row.text(8),
                                EventIdLists.read(row.optionalText(16))));
    }

    private static List<EventId> cited(JsonObject json, String key) {
        var ids = new ArrayList<EventId>();
        for (JsonValue item : json.array(key).orElse(JsonArray.empty()).items()) {
            JsonValue id = item instanceof JsonArray(var pair) ? pair.getFirst() : item;
            if (id instanceof JsonString(var text)) {
                ids.add(new EventId(text));
            }
        }
        return ids;
    }
}
