package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlStatements;

/// How SQLite finds rows. A table that is gone through from end to end is quick in every test and
/// slow on every server.
class QueryPlanTest {

    /// Those that concern all that there is, by their nature, and happen at the start or rarely.
    private static final List<String> SCANNING =
            List.of("PENDING_DESTINATIONS", "ROOMS_WITH_STAGED");

    @TempDir Path folder;

    @Test
    void noStatementGoesThroughAWholeTable() throws SQLException {
        var source = SqliteConnections.writing(folder.resolve("plans.db"));
        Migrations.run(source);
        var scans = new ArrayList<String>();
        try (var session = SqlSession.over(source.getConnection(), new SqlCounters())) {
            var statements = SqlStatements.byName();
            assertThat(statements.size()).isGreaterThan(50);
            for (var statement : statements.entrySet()) {
                for (String step : plan(session, statement.getValue())) {
                    if (step.startsWith("SCAN ") && !isOfAFew(step)) {
                        scans.add(statement.getKey() + ": " + step);
                    }
                }
            }
        }
        assertThat(scans).anyMatch(scan -> scan.startsWith("PENDING_DESTINATIONS"));
        assertThat(scans).noneMatch(scan -> SCANNING.stream().noneMatch(scan::startsWith));
    }

    /// What a recursive statement has found so far, and rows that are made up.
    private static boolean isOfAFew(String step) {
        return List.of("SCAN c", "SCAN g", "SCAN chain", "SCAN lineage", "SCAN CONSTANT ROW")
                .contains(step);
    }

    private static List<String> plan(SqlSession session, String sql) throws SQLException {
        String statement = sql.replace("#", "?, ?");
        var parameters = new ArrayList<Object>();
        statement.chars().filter(c -> c == '?').forEach(_ -> parameters.add(1L));
        return session.list(
                "EXPLAIN QUERY PLAN " + statement, row -> row.text(4), parameters.toArray());
    }
}
