package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;
import org.stratafed.api.spi.store.RoomCommit.LineOpened;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// Writes one whole change of a room, in the order in which its parts build upon each other.
final class RoomCommitWriter {

    private final SqlSession session;
    private final RoomCommit commit;
    private final RoomRow room;
    private final StreamPosition stream;
    private final EventNumbers numbers;
    private final StateKeys stateKeys;
    private final Arrivals arrivals;

    private RoomCommitWriter(SqlSession session, RoomCommit commit, RoomRow room)
            throws SQLException {
        this.session = session;
        this.commit = commit;
        this.room = room;
        stream = StreamPosition.load(session);
        numbers = EventNumbers.load(session, room, mentioned(commit));
        stateKeys = new StateKeys(session);
        arrivals = new Arrivals(session, room.nid(), commit.unstaged(), commit.arrival());
    }

    static CommitResult write(SqlSession session, ServerName local, RoomCommit commit)
            throws SQLException {
        Optional<RoomRow> found = RoomRow.find(session, commit.room());
        long revision = found.map(RoomRow::revision).orElse(0L);
        if (revision != commit.basedOn()) {
            return new CommitResult.Conflict(revision);
        }
        RoomRow room =
                found.isPresent()
                        ? found.get()
                        : RoomRow.add(session, commit.room(), commit.version());
        return new RoomCommitWriter(session, commit, room).write(local);
    }

    private CommitResult write(ServerName local) throws SQLException {
        var events = new EventWriter(session, room.nid(), numbers, stateKeys, stream, arrivals);
        var written = new LinkedHashMap<EventId, StoredEvent>();
        for (EventWrite write : commit.events()) {
            written.put(write.pdu().id(), events.write(write));
        }
        if (!commit.currentChanges().isEmpty() && !stream.hasMoved()) {
            stream.next();
        }
        var state = new StateWriter(session, room.nid(), numbers, stateKeys);
        state.open(commit.lines());
        state.apply(commit.changes());
        new MembershipWriter(session, local, room.nid(), numbers, stream).apply(commit);
        new OutboxWriter(session, room.nid(), numbers).add(commit.outbox());
        writeExtremities();
        writeClientTransaction();
        writeStaged();
        SqlRoomHealthStore.add(session, commit.room(), commit.resets());
        long revision = writeRoom();
        stream.save(session);
        return new CommitResult.Committed(
                revision, stream.newest(), List.copyOf(written.sequencedValues()));
    }

    private void writeExtremities() throws SQLException {
        session.update(RoomStatements.CLEAR_EXTREMITIES, room.nid());
        int ordinal = 0;
        for (EventId extremity : commit.extremities()) {
            session.update(
                    RoomStatements.ADD_EXTREMITY,
                    room.nid(),
                    ordinal++,
                    numbers.ofStored(extremity));
        }
    }

    private void writeClientTransaction() throws SQLException {
        if (commit.client().isPresent()) {
            ClientTransaction client = commit.client().get();
            session.update(
                    RoomStatements.ADD_CLIENT_TRANSACTION,
                    room.nid(),
                    client.user().value(),
                    client.device().value(),
                    client.transaction().value(),
                    numbers.ofStored(commit.events().getLast().pdu().id()));
        }
    }

    private void writeStaged() throws SQLException {
        for (EventId event : commit.unstaged()) {
            session.update(RoomStatements.UNSTAGE, room.nid(), event.value());
        }
        for (StagedEvent staged : commit.staged()) {
            session.update(
                    RoomStatements.STAGE,
                    room.nid(),
                    staged.id().value(),
                    staged.origin().value(),
                    staged.reason().name(),
                    JsonWriter.write(staged.pdu().json()),
                    arrivals.ofCommit().peer(),
                    arrivals.ofCommit().transaction());
        }
    }

    /// The room is held from when it has forward extremities; until then it keeps revision 0.
    private long writeRoom() throws SQLException {
        boolean isHeld = room.isHeld() || !commit.extremities().isEmpty();
        long revision = isHeld ? room.revision() + 1 : 0;
        if (isHeld && !(room.isHeld() && room.current().equals(commit.current()))) {
            session.update(
                    StateStatements.MOVE_CURRENT,
                    room.nid(),
                    stream.first(),
                    commit.current().line(),
                    commit.current().version());
        }
        session.update(
                RoomStatements.ADVANCE_ROOM,
                revision,
                commit.current().line(),
                commit.current().version(),
                nextLine(),
                numbers.next(),
                RoomRow.partialServers(commit.completeness()),
                (room.isHeld() ? room.version() : commit.version()).id(),
                room.nid());
        return revision;
    }

    private int nextLine() {
        return commit.lines().stream()
                .mapToInt(LineOpened::line)
                .map(line -> line + 1)
                .reduce(room.nextLine(), Math::max);
    }

    /// Every event that the change names, so that one statement finds what is known of them.
    private static SequencedSet<EventId> mentioned(RoomCommit commit) {
        var ids = new LinkedHashSet<EventId>();
        for (EventWrite write : commit.events()) {
            ids.add(write.pdu().id());
            ids.addAll(write.pdu().prevEvents());
            ids.addAll(write.pdu().authEvents());
        }
        commit.changes().forEach(change -> change.event().ifPresent(ids::add));
        commit.currentChanges().values().forEach(event -> event.ifPresent(ids::add));
        commit.outbox().forEach(entry -> ids.add(entry.event()));
        ids.addAll(commit.extremities());
        return ids;
    }
}
