package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.InboxStore;

/// The inbox in a table. Of each origin the newest transactions are kept; a server has one on its
/// way at a time, so it repeats none that is older.
public final class SqlInboxStore implements InboxStore {

    /// Transactions kept of one origin.
    public static final int TRANSACTIONS_MAX = 256;

    /// Every how many records the older ones are forgotten.
    private static final int PRUNE_INTERVAL = 64;

    private final SqlSessions sessions;

    public SqlInboxStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Optional<byte[]>> claim(ServerName origin, TransactionId transaction) {
        return sessions.write(
                session -> {
                    int claimed =
                            session.update(
                                    InboxStatements.CLAIM, origin.value(), transaction.value());
                    return claimed > 0
                            ? Optional.empty()
                            : session.first(
                                            InboxStatements.RESPONSE,
                                            row -> row.optionalBytes(1),
                                            origin.value(),
                                            transaction.value())
                                    .orElseThrow();
                });
    }

    @Override
    public Uni<Void> record(ServerName origin, TransactionId transaction, byte[] response) {
        return sessions.write(
                session -> {
                    long nid =
                            session.first(
                                            InboxStatements.RECORD,
                                            row -> row.number(1),
                                            origin.value(),
                                            transaction.value(),
                                            response)
                                    .orElseThrow();
                    if (nid % PRUNE_INTERVAL == 0) {
                        prune(session, origin);
                    }
                    return null;
                });
    }

    private static void prune(SqlSession session, ServerName origin) throws SQLException {
        session.update(InboxStatements.PRUNE, origin.value(), origin.value(), TRANSACTIONS_MAX);
    }
}
