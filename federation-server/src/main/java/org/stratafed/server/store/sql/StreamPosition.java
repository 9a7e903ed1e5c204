package org.stratafed.server.store.sql;

import java.sql.SQLException;

/// The positions of the stream that one write gives out. They ascend from 1 and, being kept apart
/// from what has them, are never given again.
final class StreamPosition {

    private final long before;
    private long newest;

    private StreamPosition(long before) {
        this.before = before;
        this.newest = before;
    }

    static StreamPosition load(SqlSession session) throws SQLException {
        return new StreamPosition(current(session));
    }

    static long current(SqlSession session) throws SQLException {
        return session.first(RoomStatements.POSITION, row -> row.number(1)).orElseThrow();
    }

    long next() {
        return ++newest;
    }

    long newest() {
        return newest;
    }

    /// The first position given here; the newest there is if none was.
    long first() {
        return hasMoved() ? before + 1 : newest;
    }

    boolean gave(long position) {
        return position > before;
    }

    boolean hasMoved() {
        return newest > before;
    }

    void save(SqlSession session) throws SQLException {
        if (hasMoved()) {
            session.update(RoomStatements.MOVE_POSITION, newest);
        }
    }
}
