package org.stratafed.server.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.RoomCommit.OutboxEntry;

/// Writes what one change of a room gives other servers to know.
final class OutboxWriter {

    private final SqlSession session;
    private final long roomNid;
    private final EventNumbers numbers;

    OutboxWriter(SqlSession session, long roomNid, EventNumbers numbers) {
        this.session = session;
        this.roomNid = roomNid;
        this.numbers = numbers;
    }

    /// An event for nobody has no row.
    void add(List<OutboxEntry> entries) throws SQLException {
        for (OutboxEntry entry : entries) {
            if (!entry.audience().isEmpty()) {
                session.update(
                        OutboxStatements.ADD,
                        roomNid,
                        numbers.ofStored(entry.event()),
                        audience(entry.audience()));
            }
        }
    }

    /// The number of this set of servers: there are few different ones, and many events to each.
    private long audience(SequencedSet<ServerName> servers) throws SQLException {
        List<String> names = servers.stream().map(ServerName::value).sorted().toList();
        byte[] hash = Sha256.digest(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
        Optional<Long> found = session.first(OutboxStatements.AUDIENCE, row -> row.number(1), hash);
        if (found.isPresent()) {
            return found.get();
        }
        long nid =
                session.first(OutboxStatements.ADD_AUDIENCE, row -> row.number(1), hash)
                        .orElseThrow();
        for (String name : names) {
            session.update(OutboxStatements.ADD_AUDIENCE_SERVER, name, nid);
        }
        return nid;
    }
}
