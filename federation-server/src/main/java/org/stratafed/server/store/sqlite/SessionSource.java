package org.stratafed.server.store.sqlite;

import java.sql.SQLException;
import org.stratafed.server.store.sql.SqlSession;

/// Opens connections.
@FunctionalInterface
interface SessionSource {

    SqlSession open() throws SQLException;
}
