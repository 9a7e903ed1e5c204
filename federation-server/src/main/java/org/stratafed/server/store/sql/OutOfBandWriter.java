package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;

/// Writes a membership that came from outside its room. The room is named by it, not held.
final class OutOfBandWriter {

    private final SqlSession session;
    private final OutOfBandMembership membership;

    OutOfBandWriter(SqlSession session, OutOfBandMembership membership) {
        this.session = session;
        this.membership = membership;
    }

    /// Answers the position in the stream.
    long write() throws SQLException {
        Pdu pdu = membership.event();
        Optional<RoomRow> found = RoomRow.find(session, pdu.roomId());
        RoomRow room =
                found.isPresent()
                        ? found.get()
                        : RoomRow.add(session, pdu.roomId(), membership.version());
        var mentioned = new LinkedHashSet<EventId>(pdu.authEvents());
        mentioned.add(pdu.id());
        var numbers = EventNumbers.load(session, room, mentioned);
        var stream = StreamPosition.load(session);
        writeEvent(room, numbers, stream);
        long position = stream.next();
        session.update(
                MembershipStatements.ADD_CHANGE,
                membership.user().value(),
                room.nid(),
                position,
                pdu.content().string("membership").orElse(MembershipWriter.LEAVE),
                numbers.ofStored(pdu.id()),
                0,
                JsonBlobs.ofObjects(membership.strippedState()));
        session.update(RoomStatements.NUMBER_EVENTS_UP_TO, numbers.next(), room.nid());
        stream.save(session);
        return position;
    }

    /// An event that is here already is so by the room, which knows more of it.
    private void writeEvent(RoomRow room, EventNumbers numbers, StreamPosition stream)
            throws SQLException {
        if (!numbers.ofWritten(membership.event().id()).isStored()) {
            new EventWriter(
                            session,
                            room.nid(),
                            numbers,
                            new StateKeys(session),
                            stream,
                            new Arrivals(
                                    session, room.nid(), new LinkedHashSet<>(), Optional.empty()))
                    .write(
                            new EventWrite(
                                    membership.event(),
                                    EventKind.OUTLIER,
                                    EventStatus.ACCEPTED,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    OptionalLong.empty()));
        }
    }
}
