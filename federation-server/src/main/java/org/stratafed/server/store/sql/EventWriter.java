package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.store.sql.EventNumbers.Numbered;

/// Writes the events of one change of a room, with what they cite.
final class EventWriter {

    private final SqlSession session;
    private final long roomNid;
    private final EventNumbers numbers;
    private final StateKeys stateKeys;
    private final StreamPosition stream;
    private final Arrivals arrivals;
    private final HistoryOrder history;

    EventWriter(
            SqlSession session,
            long roomNid,
            EventNumbers numbers,
            StateKeys stateKeys,
            StreamPosition stream,
            Arrivals arrivals) {
        this.session = session;
        this.roomNid = roomNid;
        this.numbers = numbers;
        this.stateKeys = stateKeys;
        this.stream = stream;
        this.arrivals = arrivals;
        this.history = new HistoryOrder(session, roomNid);
    }

    /// Writes the event over whatever was stored of it. It keeps the place that it had, if it is
    /// still to have one. Answers how it is stored.
    StoredEvent write(EventWrite write) throws SQLException {
        Pdu pdu = write.pdu();
        Numbered before = numbers.ofWritten(pdu.id());
        OptionalLong position = position(write, before);
        OptionalLong order = order(write, before, position);
        long jsonNid = writeJson(pdu, before.jsonNid());
        writeRow(write, before.nid(), position, order, jsonNid);
        if (!before.isStored()) {
            writeAuthEdges(pdu, before.nid());
        }
        boolean isPlaced = write.kind() != EventKind.OUTLIER;
        numbers.onWritten(
                pdu.id(),
                new Numbered(
                        before.nid(),
                        true,
                        true,
                        isPlaced,
                        position,
                        order,
                        OptionalLong.of(jsonNid)));
        if (isPlaced && !before.isPlaced()) {
            place(pdu, before);
        }
        return new StoredEvent(
                pdu,
                write.kind(),
                write.status(),
                write.refusal(),
                write.before(),
                write.after(),
                position,
                order);
    }

    private OptionalLong position(EventWrite write, Numbered before) {
        if (write.kind() != EventKind.LIVE || write.status() != EventStatus.ACCEPTED) {
            return OptionalLong.empty();
        }
        return before.position().isPresent() ? before.position() : OptionalLong.of(stream.next());
    }

    private OptionalLong order(EventWrite write, Numbered before, OptionalLong position)
            throws SQLException {
        if (position.isPresent()) {
            return OptionalLong.of(TimelineStore.orderAt(position.getAsLong()));
        }
        if (write.kind() != EventKind.HISTORICAL || write.status() != EventStatus.ACCEPTED) {
            return OptionalLong.empty();
        }
        if (before.order().isPresent() && before.position().isEmpty()) {
            return before.order();
        }
        long anchor =
                write.orderBefore()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "historical, before nothing: " + write.pdu()));
        return OptionalLong.of(history.before(anchor));
    }

    private long writeJson(Pdu pdu, OptionalLong stored) throws SQLException {
        if (stored.isPresent()) {
            session.update(EventStatements.REPLACE_JSON, pdu.bytes(), stored);
            return stored.getAsLong();
        }
        return session.first(EventStatements.ADD_JSON, row -> row.number(1), pdu.bytes())
                .orElseThrow();
    }

    private void writeRow(
            EventWrite write, long nid, OptionalLong position, OptionalLong order, long jsonNid)
            throws SQLException {
        Pdu pdu = write.pdu();
        var arrival = arrivals.ofWritten(pdu.id());
        session.update(
                EventStatements.WRITE,
                roomNid,
                nid,
                pdu.id().value(),
                write.kind().name(),
                write.status().name(),
                write.refusal().map(refusal -> refusal.check().name()),
                write.refusal().map(Refusal::reason),
                write.before().map(StatePoint::line),
                write.before().map(StatePoint::version),
                write.after().map(StatePoint::line),
                write.after().map(StatePoint::version),
                position,
                order,
                pdu.depth(),
                pdu.originServerTs(),
                stateKeyNid(pdu),
                pdu.redacts().map(EventId::value),
                jsonNid,
                write.refusal().flatMap(Refusal::rule).map(AuthRule::number),
                write.refusal().map(Refusal::deciding).flatMap(EventIdLists::text),
                arrival.peer(),
                arrival.transaction());
    }

    private Optional<Long> stateKeyNid(Pdu pdu) throws SQLException {
        return pdu.stateTuple().isPresent()
                ? Optional.of(stateKeys.nid(pdu.stateTuple().get()))
                : Optional.empty();
    }

    private void writeAuthEdges(Pdu pdu, long nid) throws SQLException {
        for (EventId auth : pdu.authEvents()) {
            session.update(EventStatements.ADD_AUTH, roomNid, nid, numbers.ofCited(auth).nid());
        }
    }

    /// What cites the event has one gap less; what it cites itself may be the next.
    private void place(Pdu pdu, Numbered event) throws SQLException {
        if (event.isCited()) {
            session.update(EventStatements.REMOVE_BACKWARD_EDGES, roomNid, event.nid());
        }
        for (EventId prev : pdu.prevEvents()) {
            Numbered cited = numbers.ofCited(prev);
            if (!cited.isPlaced()) {
                session.update(
                        EventStatements.ADD_BACKWARD_EDGE, roomNid, cited.nid(), event.nid());
            }
        }
    }
}
