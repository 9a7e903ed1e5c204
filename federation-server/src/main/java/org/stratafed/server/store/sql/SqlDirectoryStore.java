package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.DirectoryStore;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UntoldLeave;

/// Aliases, users and profiles in tables.
public final class SqlDirectoryStore implements DirectoryStore {

    private final SqlSessions sessions;

    public SqlDirectoryStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Optional<RoomId>> alias(RoomAlias alias) {
        return sessions.read(
                session ->
                        session.first(
                                DirectoryStatements.ALIAS,
                                row -> new RoomId(row.text(1)),
                                alias.value()));
    }

    @Override
    public Uni<List<RoomAlias>> aliases(RoomId room) {
        return sessions.read(
                session ->
                        session.list(
                                DirectoryStatements.ALIASES,
                                row -> new RoomAlias(row.text(1)),
                                room.value()));
    }

    @Override
    public Uni<Optional<UserId>> aliasCreator(RoomAlias alias) {
        return sessions.read(
                session ->
                        session.first(
                                DirectoryStatements.ALIAS_CREATOR,
                                row -> new UserId(row.text(1)),
                                alias.value()));
    }

    @Override
    public Uni<Boolean> addAlias(RoomAlias alias, RoomId room, UserId creator) {
        return changes(DirectoryStatements.ADD_ALIAS, alias.value(), room.value(), creator.value());
    }

    @Override
    public Uni<Boolean> removeAlias(RoomAlias alias) {
        return changes(DirectoryStatements.REMOVE_ALIAS, alias.value());
    }

    @Override
    public Uni<Void> publish(RoomId room, boolean isPublished) {
        return changes(
                        isPublished ? DirectoryStatements.PUBLISH : DirectoryStatements.UNPUBLISH,
                        room.value())
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> isPublished(RoomId room) {
        return sessions.read(
                session ->
                        session.first(
                                        DirectoryStatements.IS_PUBLISHED,
                                        row -> row.number(1),
                                        room.value())
                                .isPresent());
    }

    @Override
    public Uni<SequencedMap<Long, RoomId>> published(long from, boolean backwards, int max) {
        return sessions.read(
                session -> {
                    var published = new LinkedHashMap<Long, RoomId>();
                    session.list(
                                    backwards
                                            ? DirectoryStatements.PUBLISHED_BEFORE
                                            : DirectoryStatements.PUBLISHED_AFTER,
                                    row -> Map.entry(row.number(1), new RoomId(row.text(2))),
                                    from,
                                    max)
                            .forEach(it -> published.put(it.getKey(), it.getValue()));
                    return published;
                });
    }

    @Override
    public Uni<Long> publishedCount() {
        return sessions.read(
                session ->
                        session.first(DirectoryStatements.PUBLISHED_COUNT, row -> row.number(1))
                                .orElse(0L));
    }

    @Override
    public Uni<Boolean> userExists(UserId user) {
        return sessions.read(
                session ->
                        session.first(DirectoryStatements.USER, row -> row.number(1), user.value())
                                .isPresent());
    }

    @Override
    public Uni<Boolean> addUser(UserId user) {
        return changes(DirectoryStatements.ADD_USER, user.value());
    }

    private Uni<Boolean> changes(String sql, Object... parameters) {
        return sessions.write(session -> session.update(sql, parameters) > 0);
    }

    @Override
    public Uni<JsonObject> profile(UserId user) {
        return sessions.read(
                session ->
                        session.first(
                                        DirectoryStatements.PROFILE,
                                        row -> JsonReader.readObject(row.bytes(1)),
                                        user.value())
                                .orElse(JsonObject.empty()));
    }

    @Override
    public Uni<Void> saveProfile(UserId user, JsonObject profile) {
        return sessions.write(
                session -> {
                    session.update(
                            DirectoryStatements.SAVE_PROFILE,
                            user.value(),
                            JsonWriter.write(profile));
                    return null;
                });
    }

    @Override
    public Uni<Void> forget(UserId user, RoomId room, long position) {
        return sessions.write(
                session -> {
                    session.update(
                            DirectoryStatements.FORGET, user.value(), room.value(), position);
                    return null;
                });
    }

    @Override
    public Uni<SequencedMap<RoomId, Long>> forgotten(UserId user) {
        return sessions.read(
                session -> {
                    var forgotten = new LinkedHashMap<RoomId, Long>();
                    session.list(
                                    DirectoryStatements.FORGOTTEN,
                                    row -> Map.entry(new RoomId(row.text(1)), row.number(2)),
                                    user.value())
                            .forEach(it -> forgotten.put(it.getKey(), it.getValue()));
                    return forgotten;
                });
    }

    @Override
    public Uni<Long> record(OutOfBandMembership membership) {
        return sessions.write(session -> new OutOfBandWriter(session, membership).write());
    }

    @Override
    public Uni<Void> saveUntold(UntoldLeave leave) {
        var servers = leave.servers().stream().map(ServerName::value).toList();
        return changes(
                        DirectoryStatements.SAVE_UNTOLD,
                        leave.user().value(),
                        leave.room().value(),
                        leave.version().id(),
                        JsonWriter.text(JsonArray.ofStrings(servers)),
                        JsonWriter.write(leave.content()),
                        leave.tries(),
                        leave.nextTryTs())
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> removeUntold(UserId user, RoomId room) {
        return changes(DirectoryStatements.REMOVE_UNTOLD, user.value(), room.value())
                .replaceWithVoid();
    }

    @Override
    public Uni<List<UntoldLeave>> untold(int max) {
        return sessions.read(
                session ->
                        session.list(DirectoryStatements.UNTOLD, SqlDirectoryStore::untold, max));
    }

    private static UntoldLeave untold(Row row) throws SQLException {
        var servers = (JsonArray) JsonReader.read(row.text(4).getBytes(StandardCharsets.UTF_8));
        return new UntoldLeave(
                new UserId(row.text(1)),
                new RoomId(row.text(2)),
                new RoomVersion(row.text(3)),
                servers.strings().orElseThrow().stream().map(ServerName::new).toList(),
                JsonReader.readObject(row.bytes(5)),
                row.integer(6),
                row.number(7));
    }
}
