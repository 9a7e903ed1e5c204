package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomCommit.LineOpened;
import org.stratafed.api.spi.store.RoomCommit.StateChange;

/// Writes the state lines that one change of a room opens, and the steps it makes along them.
final class StateWriter {

    private final SqlSession session;
    private final long roomNid;
    private final EventNumbers numbers;
    private final StateKeys stateKeys;

    StateWriter(SqlSession session, long roomNid, EventNumbers numbers, StateKeys stateKeys) {
        this.session = session;
        this.roomNid = roomNid;
        this.numbers = numbers;
        this.stateKeys = stateKeys;
    }

    void open(List<LineOpened> lines) throws SQLException {
        for (LineOpened opened : lines) {
            session.update(
                    StateStatements.OPEN_LINE,
                    roomNid,
                    opened.line(),
                    opened.parent().map(StatePoint::line),
                    opened.parent().map(StatePoint::version));
        }
    }

    void apply(List<StateChange> changes) throws SQLException {
        Optional<StatePoint> last = Optional.empty();
        for (StateChange change : changes) {
            if (!last.equals(Optional.of(change.at()))) {
                moveHead(change.at());
                last = Optional.of(change.at());
            }
            apply(change);
        }
    }

    /// A line's steps are appended; its version 0 is the state that it started from.
    private void moveHead(StatePoint to) throws SQLException {
        int moved =
                to.version() < 1
                        ? 0
                        : session.update(
                                StateStatements.MOVE_HEAD,
                                to.version(),
                                roomNid,
                                to.line(),
                                to.version());
        if (moved == 0) {
            throw new IllegalArgumentException("no step at the head of a line of state: " + to);
        }
    }

    private void apply(StateChange change) throws SQLException {
        StatePoint at = change.at();
        long key = stateKeys.nid(change.key());
        session.update(
                StateStatements.END_ROW, at.version(), roomNid, at.line(), key, at.version());
        session.update(
                StateStatements.ADD_ROW,
                roomNid,
                at.line(),
                key,
                at.version(),
                change.event().map(numbers::ofStored));
    }
}
