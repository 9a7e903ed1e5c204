package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.VerdictStore;

/// The numbers that stand for how the events of one change came: one for the server, and one for
/// the transaction, which is written once for all of them.
final class Arrivals {

    /// No server sent it.
    static final Numbers OWN = new Numbers(OptionalLong.empty(), OptionalLong.empty());

    private final SqlSession session;
    private final long roomNid;
    private final SequencedSet<EventId> unstaged;
    private final Optional<Arrival> arrival;
    private Optional<Numbers> ofCommit = Optional.empty();

    /// @param unstaged events that waited until now
    /// @param arrival how all others came
    Arrivals(
            SqlSession session,
            long roomNid,
            SequencedSet<EventId> unstaged,
            Optional<Arrival> arrival) {
        this.session = session;
        this.roomNid = roomNid;
        this.unstaged = unstaged;
        this.arrival = arrival;
    }

    record Numbers(OptionalLong peer, OptionalLong transaction) {}

    /// Those of an event that is written: it came when it was staged, if it was.
    Numbers ofWritten(EventId event) throws SQLException {
        var staged =
                unstaged.contains(event)
                        ? session.first(
                                VerdictStatements.STAGED_ARRIVAL,
                                row -> new Numbers(row.optionalNumber(1), row.optionalNumber(2)),
                                roomNid,
                                event.value())
                        : Optional.<Numbers>empty();
        return staged.isPresent() ? staged.get() : ofCommit();
    }

    /// Those of what comes by this change.
    Numbers ofCommit() throws SQLException {
        if (ofCommit.isEmpty()) {
            ofCommit = Optional.of(arrival.isPresent() ? write(arrival.get()) : OWN);
        }
        return ofCommit.get();
    }

    private Numbers write(Arrival arrival) throws SQLException {
        var transaction =
                arrival.transaction().isPresent()
                        ? OptionalLong.of(write(arrival.transaction().get()))
                        : OptionalLong.empty();
        return new Numbers(OptionalLong.of(peer(arrival)), transaction);
    }

    private long peer(Arrival arrival) throws SQLException {
        var way = arrival.way().name();
        var server = arrival.peer().value();
        var known = session.first(VerdictStatements.PEER, row -> row.number(1), way, server);
        return known.isPresent()
                ? known.get()
                : session.first(VerdictStatements.ADD_PEER, row -> row.number(1), way, server)
                        .orElseThrow();
    }

    private long write(TransactionId transaction) throws SQLException {
        long nid =
                session.first(
                                VerdictStatements.ADD_TRANSACTION,
                                row -> row.number(1),
                                transaction.value())
                        .orElseThrow();
        if (nid > VerdictStore.TRANSACTIONS_MAX) {
            session.update(
                    VerdictStatements.PRUNE_TRANSACTIONS, nid - VerdictStore.TRANSACTIONS_MAX);
        }
        return nid;
    }
}
