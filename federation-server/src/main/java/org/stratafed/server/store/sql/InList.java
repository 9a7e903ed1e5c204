package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// Statements about many ids at once: `IN (#)`, where the `#` stands for them.
///
/// Lists are cut at a bound and filled up to a power of two with their last id, so that there are
/// few different statements, which can be kept prepared.
final class InList {

    static final int IDS_MAX = 1024;

    private InList() {}

    /// Shows all rows to the visitor. The parameters come in the statement before the ids, and
    /// once more for each time that it asks for them after the ids.
    static void visit(
            SqlSession session,
            String sql,
            List<?> before,
            Collection<?> ids,
            List<?> after,
            Row.Visitor visitor)
            throws SQLException {
        var all = new ArrayList<Object>(ids);
        for (int from = 0; from < all.size(); from += IDS_MAX) {
            var chunk = all.subList(from, Math.min(from + IDS_MAX, all.size()));
            int size = roundedUp(chunk.size());
            var parameters = new ArrayList<Object>(before);
            parameters.addAll(chunk);
            parameters.addAll(Collections.nCopies(size - chunk.size(), chunk.getLast()));
            parameters.addAll(after);
            session.visit(expanded(sql, size), visitor, parameters.toArray());
        }
    }

    private static int roundedUp(int size) {
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    private static String expanded(String sql, int size) {
        return sql.replace("#", "?,".repeat(size - 1) + "?");
    }
}
