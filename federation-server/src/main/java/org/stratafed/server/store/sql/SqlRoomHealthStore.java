package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.store.RoomHealthStore;

/// Gaps and state resets in tables.
public final class SqlRoomHealthStore implements RoomHealthStore {

    private final SqlSessions sessions;

    public SqlRoomHealthStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<List<Gap>> gaps(RoomId room) {
        return sessions.read(
                session ->
                        session.list(HealthStatements.GAPS, row -> gap(room, row), room.value()));
    }

    private static Gap gap(RoomId room, Row row) throws SQLException {
        return new Gap(
                room,
                new EventId(row.text(1)),
                HealthBlobs.ids(row.bytes(2)),
                HealthBlobs.ids(row.bytes(3)),
                HealthBlobs.asked(row.bytes(4)),
                row.integer(5),
                row.number(6),
                row.optionalNumber(7));
    }

    @Override
    public Uni<List<RoomId>> roomsWithGaps() {
        return sessions.read(
                session ->
                        session.list(
                                HealthStatements.ROOMS_WITH_GAPS, row -> new RoomId(row.text(1))));
    }

    @Override
    public Uni<Void> saveGaps(RoomId room, List<Gap> gaps, SequencedSet<EventId> filled) {
        var saved = List.copyOf(gaps);
        var removed = List.copyOf(filled);
        return sessions.write(
                session -> {
                    for (EventId event : removed) {
                        session.update(HealthStatements.REMOVE_GAP, room.value(), event.value());
                    }
                    for (Gap gap : saved) {
                        save(session, room, gap);
                    }
                    return null;
                });
    }

    private static void save(SqlSession session, RoomId room, Gap gap) throws SQLException {
        session.update(
                HealthStatements.SAVE_GAP,
                room.value(),
                gap.missing().value(),
                HealthBlobs.ofIds(gap.waiting()),
                HealthBlobs.ofIds(gap.endings()),
                HealthBlobs.ofAsked(gap.asked()),
                gap.attempts(),
                gap.since(),
                gap.next());
    }

    @Override
    public Uni<List<StateReset>> resets(RoomId room) {
        return sessions.read(
                session ->
                        session.list(
                                HealthStatements.RESETS_OF_ROOM,
                                SqlRoomHealthStore::reset,
                                room.value()));
    }

    @Override
    public Uni<List<StateReset>> resets() {
        return sessions.read(
                session -> session.list(HealthStatements.ALL_RESETS, SqlRoomHealthStore::reset));
    }

    private static StateReset reset(Row row) throws SQLException {
        return new StateReset(
                new RoomId(row.text(1)),
                row.number(2),
                new StateKeyTuple(row.text(3), row.text(4)),
                new EventId(row.text(5)),
                row.optionalText(6).map(EventId::new),
                HealthBlobs.sides(row.bytes(7)),
                HealthBlobs.ids(row.bytes(8)),
                StateReset.Step.valueOf(row.text(9)),
                row.text(10));
    }

    /// Writes those of a room's change, and forgets as many old ones.
    static void add(SqlSession session, RoomId room, List<StateReset> resets) throws SQLException {
        for (StateReset reset : resets) {
            session.update(
                    HealthStatements.ADD_RESET,
                    room.value(),
                    reset.at(),
                    reset.key().type(),
                    reset.key().stateKey(),
                    reset.former().value(),
                    reset.chosen().map(EventId::value),
                    HealthBlobs.ofSides(reset.sides()),
                    HealthBlobs.ofIds(reset.placed()),
                    reset.step().name(),
                    reset.comparison());
        }
        if (!resets.isEmpty()) {
            session.update(
                    HealthStatements.TRIM_RESETS_OF_ROOM,
                    room.value(),
                    room.value(),
                    RESETS_PER_ROOM_MAX);
            session.update(HealthStatements.TRIM_RESETS, RESETS_MAX);
        }
    }
}
