package org.stratafed.server.store.sqlite;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import org.stratafed.server.store.sql.SqlSession;

/// The one connection of a thread, kept with its prepared statements until something is wrong with
/// it, and then replaced by a new one when the next is needed.
final class KeptSession {

    private static final Logger LOG = System.getLogger(KeptSession.class.getName());

    private final SessionSource source;
    private Optional<SqlSession> session = Optional.empty();

    KeptSession(SessionSource source) {
        this.source = source;
    }

    SqlSession get() throws SQLException {
        if (session.isEmpty()) {
            session = Optional.of(source.open());
        }
        return session.get();
    }

    /// Closes the connection, which rolls back what is open on it.
    void discard() {
        try {
            if (session.isPresent()) {
                session.get().close();
            }
        } catch (SQLException failure) {
            LOG.log(Level.WARNING, "A database connection did not close", failure);
        } finally {
            session = Optional.empty();
        }
    }
}
