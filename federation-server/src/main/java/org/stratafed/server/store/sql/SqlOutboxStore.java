package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.store.OutboxStore;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// The outbox in tables: a log with one row per event, and a row per destination.
public final class SqlOutboxStore implements OutboxStore {

    /// How many positions are looked up by audience and sorted; with more than that ahead of it,
    /// a destination gets so much of the log that going along it is quicker.
    private static final int SORTED_POSITIONS_MAX = 2_000;

    private final SqlSessions sessions;

    public SqlOutboxStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<List<ServerName>> pendingDestinations() {
        return sessions.read(
                session ->
                        session.list(
                                OutboxStatements.PENDING_DESTINATIONS,
                                row -> new ServerName(row.text(1))));
    }

    @Override
    public Uni<Optional<SealedBatch>> sealed(ServerName destination) {
        return sessions.read(
                session ->
                        session.first(
                                OutboxStatements.SEALED,
                                SqlOutboxStore::sealed,
                                destination.value()));
    }

    private static SealedBatch sealed(Row row) throws SQLException {
        return new SealedBatch(
                new TransactionId(row.text(1)),
                row.number(2),
                row.number(3),
                row.number(4),
                JsonBlobs.edus(row.bytes(5)));
    }

    @Override
    public Uni<List<PendingPdu>> pending(ServerName destination, int max) {
        return sessions.read(session -> pending(session, destination, max));
    }

    private static List<PendingPdu> pending(SqlSession session, ServerName destination, int max)
            throws SQLException {
        long acknowledged =
                session.first(
                                OutboxStatements.ACKNOWLEDGED,
                                row -> row.number(1),
                                destination.value())
                        .orElse(0L);
        var positions =
                positions(
                        session,
                        OutboxStatements.POSITIONS,
                        destination,
                        acknowledged,
                        SORTED_POSITIONS_MAX + 1);
        if (positions.size() > SORTED_POSITIONS_MAX) {
            positions =
                    positions(
                            session,
                            OutboxStatements.POSITIONS_IN_ORDER,
                            destination,
                            acknowledged,
                            max);
        }
        return entriesAt(session, positions.stream().sorted().limit(max).toList());
    }

    private static List<Long> positions(
            SqlSession session, String sql, ServerName destination, long after, int max)
            throws SQLException {
        return session.list(sql, row -> row.number(1), after, destination.value(), max);
    }

    private static List<PendingPdu> entriesAt(SqlSession session, List<Long> positions)
            throws SQLException {
        var entries = new ArrayList<PendingPdu>();
        InList.visit(
                session,
                OutboxStatements.ENTRIES_AT,
                List.of(),
                positions,
                List.of(),
                row -> entries.add(entry(row)));
        return List.copyOf(entries);
    }

    @Override
    public Uni<List<PendingPdu>> contents(ServerName destination, SealedBatch batch) {
        return sessions.read(
                session ->
                        session.list(
                                OutboxStatements.ENTRIES_BETWEEN,
                                SqlOutboxStore::entry,
                                batch.after(),
                                batch.end(),
                                destination.value()));
    }

    private static PendingPdu entry(Row row) throws SQLException {
        return new PendingPdu(
                row.number(1),
                new RoomId(row.text(2)),
                new EventId(row.text(3)),
                new RawPdu(JsonReader.readObject(row.bytes(4))));
    }

    @Override
    public Uni<Void> seal(ServerName destination, SealedBatch batch) {
        return sessions.write(
                session -> {
                    seal(session, destination, batch);
                    return null;
                });
    }

    @Override
    public Uni<Void> acknowledge(
            ServerName destination, SealedBatch batch, Optional<SealedBatch> next) {
        return sessions.write(
                session -> {
                    int acknowledged =
                            session.update(
                                    OutboxStatements.ACKNOWLEDGE,
                                    batch.end(),
                                    batch.end(),
                                    destination.value(),
                                    batch.id().value());
                    if (acknowledged == 0) {
                        throw new IllegalStateException(
                                "not the sealed batch of " + destination + ": " + batch.id());
                    }
                    if (next.isPresent()) {
                        seal(session, destination, next.get());
                    }
                    return null;
                });
    }

    /// One batch at a time: the one before has to be acknowledged.
    private static void seal(SqlSession session, ServerName destination, SealedBatch batch)
            throws SQLException {
        int sealed =
                session.update(
                        OutboxStatements.SEAL,
                        destination.value(),
                        batch.id().value(),
                        batch.originServerTs(),
                        batch.after(),
                        batch.end(),
                        JsonBlobs.ofEdus(batch.edus()));
        if (sealed == 0) {
            throw new IllegalStateException(destination + " has a sealed batch already");
        }
    }
}
