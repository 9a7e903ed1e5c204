package org.stratafed.server.store.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;

/// What is stored of a room beside its events.
///
/// @param revision 0 for a room that is named by something (an invite, a staged event), not held
record RoomRow(
        long nid,
        RoomVersion version,
        long revision,
        StatePoint current,
        int nextLine,
        long nextEventNid,
        StateCompleteness completeness) {

    boolean isHeld() {
        return revision > 0;
    }

    static Optional<RoomRow> find(SqlSession session, RoomId room) throws SQLException {
        return session.first(RoomStatements.ROOM, RoomRow::read, room.value());
    }

    /// A row for a room that has none.
    static RoomRow add(SqlSession session, RoomId room, RoomVersion version) throws SQLException {
        long nid =
                session.first(
                                RoomStatements.NEW_ROOM,
                                row -> row.number(1),
                                room.value(),
                                version.id())
                        .orElseThrow();
        return new RoomRow(nid, version, 0, new StatePoint(0, 0), 0, 1, StateCompleteness.COMPLETE);
    }

    private static RoomRow read(Row row) throws SQLException {
        return new RoomRow(
                row.number(1),
                new RoomVersion(row.text(2)),
                row.number(3),
                new StatePoint(row.integer(4), row.integer(5)),
                row.integer(6),
                row.number(7),
                row.optionalText(8).map(RoomRow::partial).orElse(StateCompleteness.COMPLETE));
    }

    /// How a partial room's servers are stored: as a JSON array, or nothing for a complete room.
    static Optional<String> partialServers(StateCompleteness completeness) {
        return switch (completeness) {
            case StateCompleteness.Complete _ -> Optional.empty();
            case StateCompleteness.Partial(var servers) ->
                    Optional.of(
                            JsonArray.ofStrings(servers.stream().map(ServerName::value).toList())
                                    .toString());
        };
    }

    private static StateCompleteness partial(String json) {
        var array = (JsonArray) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        SequencedSet<ServerName> servers =
                array.strings().orElseThrow().stream()
                        .map(ServerName::new)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return new StateCompleteness.Partial(Collections.unmodifiableSequencedSet(servers));
    }
}
