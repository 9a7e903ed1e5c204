package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.VerdictStore;

/// Verdicts in tables.
public final class SqlVerdictStore implements VerdictStore {

    private final SqlSessions sessions;

    public SqlVerdictStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Void> drop(List<DroppedPdu> dropped) {
        var all = List.copyOf(dropped);
        return sessions.write(
                session -> {
                    for (DroppedPdu pdu : all) {
                        add(session, pdu);
                    }
                    for (ServerName origin :
                            all.stream().map(pdu -> pdu.arrival().peer()).distinct().toList()) {
                        session.update(
                                VerdictStatements.PRUNE_ORIGIN,
                                origin.value(),
                                origin.value(),
                                DROPPED_PER_ORIGIN_MAX);
                    }
                    return null;
                });
    }

    private static void add(SqlSession session, DroppedPdu pdu) throws SQLException {
        var arrival = pdu.arrival();
        var origin = arrival.peer().value();
        var transaction = arrival.transaction().map(TransactionId::value);
        var room = pdu.room().map(RoomId::value);
        var refusal = pdu.refusal();
        if (transaction.isPresent()) {
            session.update(
                    VerdictStatements.FORGET_DROPPED, origin, transaction, pdu.index(), room);
        }
        long nid =
                session.first(
                                VerdictStatements.DROP,
                                row -> row.number(1),
                                origin,
                                arrival.way().name(),
                                transaction,
                                room,
                                pdu.index(),
                                pdu.event().map(EventId::value),
                                refusal.check().name(),
                                refusal.rule().map(AuthRule::number),
                                refusal.reason(),
                                EventIdLists.text(refusal.deciding()),
                                pdu.at())
                        .orElseThrow();
        boolean isKnown =
                session.first(VerdictStatements.IS_KNOWN_ORIGIN, row -> row.number(1), origin)
                        .isPresent();
        session.update(VerdictStatements.TOUCH_ORIGIN, origin, nid);
        if (!isKnown) {
            forgetOrigins(session);
        }
    }

    private static void forgetOrigins(SqlSession session) throws SQLException {
        for (String origin :
                session.list(VerdictStatements.EXCESS_ORIGINS, row -> row.text(1), ORIGINS_MAX)) {
            session.update(VerdictStatements.FORGET_ORIGIN, origin);
            session.update(VerdictStatements.FORGET_DROPPED_OF, origin);
        }
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(EventId event) {
        return dropped(VerdictStatements.DROPPED_COPIES, event.value());
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(RoomId room, int max) {
        return dropped(VerdictStatements.DROPPED_OF_ROOM, room.value(), max);
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(ServerName origin) {
        return dropped(VerdictStatements.DROPPED_OF_ORIGIN, origin.value());
    }

    private Uni<List<DroppedPdu>> dropped(String sql, Object... parameters) {
        return sessions.read(session -> session.list(sql, SqlVerdictStore::dropped, parameters));
    }

    private static DroppedPdu dropped(Row row) throws SQLException {
        return new DroppedPdu(
                arrival(row),
                row.integer(4),
                row.optionalText(5).map(RoomId::new),
                row.optionalText(6).map(EventId::new),
                new Refusal(
                        PduCheck.valueOf(row.text(7)),
                        row.optionalText(8).map(AuthRule::new),
                        row.text(9),
                        EventIdLists.read(row.optionalText(10))),
                row.number(11));
    }

    private static Arrival arrival(Row row) throws SQLException {
        return new Arrival(
                Arrival.Way.valueOf(row.text(1)),
                new ServerName(row.text(2)),
                row.optionalText(3).map(TransactionId::new));
    }

    @Override
    public Uni<Optional<RoomId>> roomOf(EventId event) {
        return sessions.read(
                session ->
                        session.first(
                                VerdictStatements.ROOM_OF,
                                row -> new RoomId(row.text(1)),
                                event.value(),
                                event.value()));
    }

    @Override
    public Uni<Optional<Arrival>> arrival(RoomId room, EventId event) {
        return sessions.read(
                session -> {
                    var stored =
                            session.first(
                                    VerdictStatements.ARRIVAL_OF_STORED,
                                    SqlVerdictStore::arrival,
                                    room.value(),
                                    event.value());
                    return stored.isPresent()
                            ? stored
                            : session.first(
                                    VerdictStatements.ARRIVAL_OF_STAGED,
                                    SqlVerdictStore::arrival,
                                    room.value(),
                                    event.value());
                });
    }

    @Override
    public Uni<List<StoredEvent>> refused(RoomId room, int max) {
        return sessions.read(
                session ->
                        session.list(
                                VerdictStatements.REFUSED, EventRows::stored, room.value(), max));
    }
}
