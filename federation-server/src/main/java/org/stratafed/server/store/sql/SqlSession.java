package org.stratafed.server.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One connection with its prepared statements, which are kept: preparing a statement anew costs
/// more than executing it. For one thread at a time.
///
/// Parameters are strings, numbers, byte arrays, and optionals of these; an empty one is `NULL`.
public final class SqlSession implements AutoCloseable {

    /// Statements kept prepared; beyond it the one used least recently is closed.
    private static final int STATEMENTS_MAX = 256;

    private final Connection connection;
    private final SqlCounters counters;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(64, 0.75f, true);

    private SqlSession(Connection connection, SqlCounters counters) {
        this.connection = connection;
        this.counters = counters;
    }

    /// Takes over the connection. There is always a transaction: it begins with the first
    /// statement after the one before has ended.
    public static SqlSession over(Connection connection, SqlCounters counters) throws SQLException {
        connection.setAutoCommit(false);
        return new SqlSession(connection, counters);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    public void rollback() throws SQLException {
        connection.rollback();
    }

    /// All rows of the answer.
    public <T> List<T> list(String sql, Row.Reader<T> reader, Object... parameters)
            throws SQLException {
        var rows = new ArrayList<T>();
        visit(sql, row -> rows.add(reader.read(row)), parameters);
        return rows;
    }

    /// The first row of the answer.
    public <T> Optional<T> first(String sql, Row.Reader<T> reader, Object... parameters)
            throws SQLException {
        var rows = new ArrayList<T>(1);
        visit(
                sql,
                row -> {
                    rows.add(reader.read(row));
                    return false;
                },
                parameters);
        return rows.stream().findFirst();
    }

    /// Shows the rows to the visitor until it has enough.
    public void visit(String sql, Row.Visitor visitor, Object... parameters) throws SQLException {
        counters.onStatement();
        use(
                sql,
                statement -> {
                    bind(statement, parameters);
                    try (ResultSet results = statement.executeQuery()) {
                        var row = new Row(results);
                        boolean goOn = true;
                        while (goOn && row.next()) {
                            goOn = visitor.visit(row);
                        }
                    }
                    return 0;
                });
    }

    /// Executes a statement without an answer, and says how many rows it changed.
    public int update(String sql, Object... parameters) throws SQLException {
        counters.onStatement();
        return executeUpdate(sql, parameters);
    }

    /// Executes a statement that frames others, such as `SAVEPOINT`.
    public void frame(String sql) throws SQLException {
        executeUpdate(sql);
    }

    private int executeUpdate(String sql, Object... parameters) throws SQLException {
        return use(
                sql,
                statement -> {
                    bind(statement, parameters);
                    return statement.executeUpdate();
                });
    }

    /// A statement that is in use is not among the idle ones, so that one which is needed again
    /// while its rows are being visited is prepared a second time. One that failed is not kept:
    /// drivers may have closed it already.
    private int use(String sql, Use use) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        boolean succeeded = false;
        try {
            int changed = use.on(statement);
            succeeded = true;
            return changed;
        } finally {
            if (succeeded) {
                keep(sql, statement);
            } else {
                statement.close();
            }
        }
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement other = idle.put(sql, statement);
        if (other != null) {
            other.close();
        }
        if (idle.size() > STATEMENTS_MAX) {
            var eldest = idle.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, Object parameter)
            throws SQLException {
        switch (parameter) {
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setLong(index, number);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case OptionalLong number when number.isPresent() ->
                    statement.setLong(index, number.getAsLong());
            case OptionalInt number when number.isPresent() ->
                    statement.setLong(index, number.getAsInt());
            case Optional<?> value when value.isPresent() -> bind(statement, index, value.get());
            case OptionalLong _, OptionalInt _, Optional<?> _ ->
                    statement.setNull(index, Types.NULL);
            default -> throw new IllegalArgumentException("no SQL value: " + parameter);
        }
    }

    @FunctionalInterface
    private interface Use {

        int on(PreparedStatement statement) throws SQLException;
    }

    /// Closes the connection, and with it all statements. What isn't committed is rolled back.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
