package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Places in a room's history.
///
/// A live event's place follows from its position in the stream ([TimelineStore#orderAt]). A
/// historical event gets the largest place below the one it is to come before that is free. Events
/// don't leave their places but by a corrected verdict, so that is also below all events which
/// were put before the same one earlier: of several events put before one, each comes before those
/// that are there already. In other words, back-filled events are handed over newest first.
final class HistoryOrder {

    private final SqlSession session;
    private final long roomNid;

    /// The place given last before each one asked for, so that a long back-fill is not walked
    /// along again for each of its events.
    private final Map<Long, Long> given = new LinkedHashMap<>();

    HistoryOrder(SqlSession session, long roomNid) {
        this.session = session;
        this.roomNid = roomNid;
    }

    long before(long order) throws SQLException {
        long free = freeBelow(given.getOrDefault(order, order));
        given.put(order, free);
        return free;
    }

    private long freeBelow(long order) throws SQLException {
        long[] free = {order - 1};
        session.visit(
                EventStatements.ORDERS_BELOW,
                row -> {
                    if (row.number(1) != free[0]) {
                        return false;
                    }
                    free[0]--;
                    return true;
                },
                roomNid,
                order);
        return free[0];
    }
}
