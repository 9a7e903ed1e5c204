package org.stratafed.server.store.sql;

import java.sql.SQLException;

/// Statements that belong together, in one transaction.
@FunctionalInterface
public interface SqlWork<T> {

    T run(SqlSession session) throws SQLException;
}
