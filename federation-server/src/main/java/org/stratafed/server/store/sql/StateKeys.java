package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.id.StateKeyTuple;

/// The numbers of types with state keys that one write needs; new ones get one.
final class StateKeys {

    private final SqlSession session;
    private final Map<StateKeyTuple, Long> known = new LinkedHashMap<>();

    StateKeys(SqlSession session) {
        this.session = session;
    }

    long nid(StateKeyTuple key) throws SQLException {
        Long nid = known.get(key);
        if (nid == null) {
            nid = findOrAdd(key);
            known.put(key, nid);
        }
        return nid;
    }

    private long findOrAdd(StateKeyTuple key) throws SQLException {
        Optional<Long> found = find(session, key);
        return found.isPresent()
                ? found.get()
                : number(session, StateStatements.ADD_STATE_KEY, key).orElseThrow();
    }

    static Optional<Long> find(SqlSession session, StateKeyTuple key) throws SQLException {
        return number(session, StateStatements.STATE_KEY, key);
    }

    private static Optional<Long> number(SqlSession session, String sql, StateKeyTuple key)
            throws SQLException {
        return session.first(sql, row -> row.number(1), key.type(), key.stateKey());
    }
}
