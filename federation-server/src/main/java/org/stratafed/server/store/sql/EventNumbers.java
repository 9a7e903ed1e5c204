package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.id.EventId;

/// The numbers of the events that one write is about, dense per room. Events that are only cited
/// get one as well, which they keep when they come.
final class EventNumbers {

    private final SqlSession session;
    private final long roomNid;
    private final Map<EventId, Numbered> known = new LinkedHashMap<>();
    private long next;

    private EventNumbers(SqlSession session, long roomNid, long next) {
        this.session = session;
        this.roomNid = roomNid;
        this.next = next;
    }

    /// What is known of an event before the write, or has become so by it.
    ///
    /// @param isCited whether it has a row; if not, nothing can refer to it so far
    /// @param isStored whether it is here, not only cited
    /// @param isPlaced whether it has a place in the room's history: it is no outlier
    record Numbered(
            long nid,
            boolean isCited,
            boolean isStored,
            boolean isPlaced,
            OptionalLong position,
            OptionalLong order,
            OptionalLong jsonNid) {

        private static final OptionalLong NONE = OptionalLong.empty();

        static Numbered cited(long nid) {
            return new Numbered(nid, true, false, false, NONE, NONE, NONE);
        }

        static Numbered unheardOf(long nid) {
            return new Numbered(nid, false, false, false, NONE, NONE, NONE);
        }
    }

    static EventNumbers load(SqlSession session, RoomRow room, Collection<EventId> ids)
            throws SQLException {
        var numbers = new EventNumbers(session, room.nid(), room.nextEventNid());
        InList.visit(
                session,
                EventStatements.NUMBERS,
                List.of(room.nid()),
                ids.stream().map(EventId::value).toList(),
                List.of(),
                row -> {
                    numbers.known.put(new EventId(row.text(1)), read(row));
                    return true;
                });
        return numbers;
    }

    private static Numbered read(Row row) throws SQLException {
        var kind = row.optionalText(3).map(EventKind::valueOf);
        return new Numbered(
                row.number(2),
                true,
                kind.isPresent(),
                kind.isPresent() && kind.get() != EventKind.OUTLIER,
                row.optionalNumber(4),
                row.optionalNumber(5),
                row.optionalNumber(6));
    }

    /// What is known of an event that is about to be written; it gets a number if it has none.
    Numbered ofWritten(EventId id) {
        return known.computeIfAbsent(id, _ -> Numbered.unheardOf(next++));
    }

    /// What is known of an event that is cited; it gets a number and a row if it has none.
    Numbered ofCited(EventId id) throws SQLException {
        Numbered found = known.get(id);
        if (found != null) {
            return found;
        }
        Numbered cited = Numbered.cited(next++);
        known.put(id, cited);
        session.update(EventStatements.CITE, roomNid, cited.nid(), id.value());
        return cited;
    }

    /// The number of an event that the change builds upon, so that it has to be here.
    long ofStored(EventId id) {
        Numbered found = known.get(id);
        if (found == null || !found.isStored()) {
            throw new IllegalArgumentException("not stored: " + id);
        }
        return found.nid();
    }

    /// The position that the event got in this very write, if it did.
    Optional<Long> positionGiven(EventId id, StreamPosition stream) {
        OptionalLong position = known.get(id).position();
        return position.isPresent() && stream.gave(position.getAsLong())
                ? Optional.of(position.getAsLong())
                : Optional.empty();
    }

    void onWritten(EventId id, Numbered written) {
        known.put(id, written);
    }

    long next() {
        return next;
    }
}
