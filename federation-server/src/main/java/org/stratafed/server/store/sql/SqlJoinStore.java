package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.JoinStore;
import org.stratafed.api.spi.store.PendingJoin;

/// Joins under way in a table.
public final class SqlJoinStore implements JoinStore {

    private static final String BEGIN =
            """
            INSERT INTO pending_joins
                (event_id, room_id, user_id, version, servers, json, started_ts)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (event_id) DO NOTHING
            """;

    private static final String END = "DELETE FROM pending_joins WHERE event_id = ?";

    private static final String UNDER_WAY =
            """
            SELECT event_id, room_id, user_id, version, servers, json, started_ts
            FROM pending_joins ORDER BY pending_nid
            """;

    private final SqlSessions sessions;

    public SqlJoinStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Void> begin(PendingJoin join) {
        return sessions.write(
                session -> {
                    session.update(
                            BEGIN,
                            join.event().value(),
                            join.room().value(),
                            join.user().value(),
                            join.version().map(RoomVersion::id),
                            names(join.servers()),
                            JsonWriter.write(join.join().json()),
                            join.startedTs());
                    return null;
                });
    }

    private static String names(List<ServerName> servers) {
        return JsonArray.ofStrings(servers.stream().map(ServerName::value).toList()).toString();
    }

    @Override
    public Uni<Void> end(EventId join) {
        return sessions.write(
                session -> {
                    session.update(END, join.value());
                    return null;
                });
    }

    @Override
    public Uni<List<PendingJoin>> underWay() {
        return sessions.read(session -> session.list(UNDER_WAY, SqlJoinStore::join));
    }

    private static PendingJoin join(Row row) throws SQLException {
        return new PendingJoin(
                new EventId(row.text(1)),
                new RoomId(row.text(2)),
                new UserId(row.text(3)),
                row.optionalText(4).map(RoomVersion::new),
                servers(row.text(5)),
                new RawPdu(JsonReader.readObject(row.bytes(6))),
                row.number(7));
    }

    private static List<ServerName> servers(String names) {
        var array = (JsonArray) JsonReader.read(names.getBytes(StandardCharsets.UTF_8));
        return array.strings().orElseThrow().stream().map(ServerName::new).toList();
    }
}
