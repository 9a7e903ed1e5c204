package org.stratafed.server.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/// One row of an answer, its columns counted from 1. Valid only while it is being read.
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    boolean next() throws SQLException {
        return results.next();
    }

    public String text(int column) throws SQLException {
        return results.getString(column);
    }

    public Optional<String> optionalText(int column) throws SQLException {
        return Optional.ofNullable(results.getString(column));
    }

    public long number(int column) throws SQLException {
        return results.getLong(column);
    }

    public int integer(int column) throws SQLException {
        return results.getInt(column);
    }

    public OptionalLong optionalNumber(int column) throws SQLException {
        long number = results.getLong(column);
        return results.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    public boolean isNull(int column) throws SQLException {
        results.getLong(column);
        return results.wasNull();
    }

    public byte[] bytes(int column) throws SQLException {
        return results.getBytes(column);
    }

    public Optional<byte[]> optionalBytes(int column) throws SQLException {
        return Optional.ofNullable(results.getBytes(column));
    }

    /// What a row is made into.
    @FunctionalInterface
    public interface Reader<T> {

        T read(Row row) throws SQLException;
    }

    /// What is done with each row, one after the other.
    @FunctionalInterface
    public interface Visitor {

        /// Answers whether to go on to the next row.
        boolean visit(Row row) throws SQLException;
    }
}
