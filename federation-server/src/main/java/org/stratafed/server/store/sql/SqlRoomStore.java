package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.PduOutcome.Wait;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.CommitResult;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// Rooms in tables.
public final class SqlRoomStore implements RoomStore {

    private final SqlSessions sessions;
    private final ServerName local;

    public SqlRoomStore(SqlSessions sessions, ServerName local) {
        this.sessions = sessions;
        this.local = local;
    }

    @Override
    public Uni<Optional<RoomSnapshot>> snapshot(RoomId room) {
        return sessions.read(
                session -> {
                    Optional<RoomRow> row = RoomRow.find(session, room).filter(RoomRow::isHeld);
                    return row.isPresent()
                            ? Optional.of(snapshot(session, room, row.get()))
                            : Optional.empty();
                });
    }

    private static RoomSnapshot snapshot(SqlSession session, RoomId id, RoomRow room)
            throws SQLException {
        var extremities = new LinkedHashMap<EventId, Extremity>();
        session.visit(
                RoomStatements.EXTREMITIES,
                row -> {
                    StatePoint after = EventRows.point(row, 3).orElseThrow();
                    extremities.put(new EventId(row.text(1)), new Extremity(row.number(2), after));
                    return true;
                },
                room.nid());
        return new RoomSnapshot(
                id,
                room.version(),
                room.revision(),
                Collections.unmodifiableSequencedMap(extremities),
                room.current(),
                room.nextLine(),
                room.completeness());
    }

    @Override
    public Uni<SequencedMap<EventId, StoredEvent>> events(RoomId room, Collection<EventId> ids) {
        SequencedSet<EventId> asked =
                Collections.unmodifiableSequencedSet(new LinkedHashSet<>(ids));
        return sessions.read(session -> EventRows.inOrder(session, room, asked));
    }

    @Override
    public Uni<StateMap> state(RoomId room, StatePoint point) {
        return sessions.read(session -> StateReader.state(session, room, point));
    }

    @Override
    public Uni<SequencedMap<EventId, List<EventId>>> authChains(
            RoomId room, Collection<EventId> ids) {
        SequencedSet<EventId> asked =
                Collections.unmodifiableSequencedSet(new LinkedHashSet<>(ids));
        return sessions.read(
                session -> {
                    var chains = new LinkedHashMap<EventId, SequencedSet<EventId>>();
                    InList.visit(
                            session,
                            EventStatements.AUTH_CHAINS,
                            List.of(room.value()),
                            EventRows.texts(asked),
                            List.of(),
                            row -> {
                                SequencedSet<EventId> cited =
                                        chains.computeIfAbsent(
                                                new EventId(row.text(1)),
                                                _ -> new LinkedHashSet<>());
                                row.optionalText(2).map(EventId::new).ifPresent(cited::add);
                                return true;
                            });
                    return frozen(chains);
                });
    }

    private static SequencedMap<EventId, List<EventId>> frozen(
            Map<EventId, SequencedSet<EventId>> chains) {
        var frozen = new LinkedHashMap<EventId, List<EventId>>();
        chains.forEach((event, cited) -> frozen.put(event, List.copyOf(cited)));
        return Collections.unmodifiableSequencedMap(frozen);
    }

    @Override
    public Uni<SequencedMap<Integer, Integer>> lineHeads(RoomId room, SequencedSet<Integer> lines) {
        List<Integer> asked = List.copyOf(lines);
        return sessions.read(
                session -> {
                    var heads = new LinkedHashMap<Integer, Integer>();
                    InList.visit(
                            session,
                            StateStatements.LINE_HEADS,
                            List.of(room.value()),
                            asked,
                            List.of(),
                            row -> {
                                heads.put(row.integer(1), row.integer(2));
                                return true;
                            });
                    return Collections.unmodifiableSequencedMap(heads);
                });
    }

    @Override
    public Uni<CommitResult> commit(RoomCommit commit) {
        return sessions.write(session -> RoomCommitWriter.write(session, local, commit));
    }

    @Override
    public Uni<Optional<RoomId>> roomOf(EventId event) {
        return sessions.read(
                session ->
                        session.first(
                                RoomStatements.ROOM_OF_EVENT,
                                row -> new RoomId(row.text(1)),
                                event.value()));
    }

    @Override
    public Uni<Optional<EventId>> eventOf(RoomId room, ClientTransaction transaction) {
        return sessions.read(
                session ->
                        session.first(
                                RoomStatements.EVENT_OF_CLIENT_TRANSACTION,
                                row -> new EventId(row.text(1)),
                                room.value(),
                                transaction.user().value(),
                                transaction.device().value(),
                                transaction.transaction().value()));
    }

    @Override
    public Uni<List<StagedEvent>> staged(RoomId room) {
        return sessions.read(
                session -> session.list(RoomStatements.STAGED, SqlRoomStore::staged, room.value()));
    }

    private static StagedEvent staged(Row row) throws SQLException {
        return new StagedEvent(
                new EventId(row.text(1)),
                new ServerName(row.text(2)),
                Wait.valueOf(row.text(3)),
                new RawPdu(JsonReader.readObject(row.bytes(4))));
    }

    @Override
    public Uni<List<RoomId>> roomsWithStaged() {
        return sessions.read(
                session ->
                        session.list(
                                RoomStatements.ROOMS_WITH_STAGED, row -> new RoomId(row.text(1))));
    }
}
