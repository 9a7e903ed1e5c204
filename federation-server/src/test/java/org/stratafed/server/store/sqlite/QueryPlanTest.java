package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    /// Those that are about all that a room has of something, of which it has few.
    private static final List<String> OF_A_WHOLE_ROOM =
            List.of(
                    "EXTREMITIES",
                    "CLEAR_EXTREMITIES",
                    "STAGED",
                    "BACKWARD_EXTREMITIES",
                    "RESIDENT_SERVERS",
                    "JOINED_MEMBERS",
                    // Until there are enough.
                    "PAGE_FORWARDS");

    /// How many ids a list has: what a planner thinks best depends on it.
    private static final List<Integer> LIST_SIZES = List.of(1, 2, 4, 16, 128, 1_024);

    @TempDir Path folder;

    @Test
    void noStatementGoesThroughAWholeTable() throws SQLException {
        var scans = steps(step -> step.startsWith("SCAN ") && !isOfAFew(step));
        assertThat(scans).anyMatch(scan -> scan.startsWith("PENDING_DESTINATIONS"));
        assertThat(scans).noneMatch(scan -> SCANNING.stream().noneMatch(scan::startsWith));
    }

    @Test
    void noStatementGoesThroughAWholeRoom() throws SQLException {
        var passes =
                steps(
                        step ->
                                step.endsWith("(room_nid=?)")
                                        || step.endsWith("(room_nid=? AND history_order>?)"));
        assertThat(passes).anyMatch(pass -> pass.startsWith("STAGED"));
        assertThat(passes).noneMatch(pass -> OF_A_WHOLE_ROOM.stream().noneMatch(pass::startsWith));
    }

    private List<String> steps(Predicate<String> wanted) throws SQLException {
        var source = SqliteConnections.writing(folder.resolve("plans.db"));
        Migrations.run(source);
        var found = new ArrayList<String>();
        try (var session = SqlSession.over(source.getConnection(), new SqlCounters())) {
            var statements = SqlStatements.byName();
            assertThat(statements.size()).isGreaterThan(50);
            for (var statement : statements.entrySet()) {
                for (int size : LIST_SIZES) {
                    var sql = statement.getValue().replace("#", "?" + ", ?".repeat(size - 1));
                    plan(session, sql).stream()
                            .filter(wanted)
                            .forEach(step -> found.add(statement.getKey() + ": " + step));
                }
            }
        }
        return found;
    }

    /// What a recursive statement has found so far, and rows that are made up.
    private static boolean isOfAFew(String step) {
        return List.of("SCAN c", "SCAN g", "SCAN chain", "SCAN lineage", "SCAN CONSTANT ROW")
                .contains(step);
    }

    private static List<String> plan(SqlSession session, String statement) throws SQLException {
        var parameters = new ArrayList<Object>();
        statement.chars().filter(c -> c == '?').forEach(_ -> parameters.add(1L));
        return session.list(
                "EXPLAIN QUERY PLAN " + statement, row -> row.text(4), parameters.toArray());
    }
}
