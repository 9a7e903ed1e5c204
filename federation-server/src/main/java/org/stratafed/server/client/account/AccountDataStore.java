package org.stratafed.server.client.account;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.store.sql.Row;
import org.stratafed.server.store.sql.SqlSessions;

/// Filters and account data in tables.
public final class AccountDataStore {

    /// Of one user. Clients make one filter for each set of options they know.
    static final int FILTERS_MAX = 1_000;

    /// Where account data are kept that aren't of a room.
    private static final String NO_ROOM = "";

    private final SqlSessions sessions;

    public AccountDataStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    /// Keeps a filter and answers its number, the same for the same filter.
    public Uni<Long> addFilter(UserId user, JsonObject filter) {
        byte[] json = CanonicalJson.encode(filter);
        return sessions.write(
                session -> {
                    var same =
                            session.first(
                                    AccountStatements.SAME_FILTER,
                                    row -> row.number(1),
                                    user.value(),
                                    json);
                    if (same.isPresent()) {
                        return same.get();
                    }
                    long number =
                            session.first(
                                            AccountStatements.FILTERS,
                                            row -> row.number(1),
                                            user.value())
                                    .orElseThrow();
                    if (number >= FILTERS_MAX) {
                        throw new MatrixException(
                                MatrixErrorCode.RESOURCE_LIMIT_EXCEEDED,
                                "More than " + FILTERS_MAX + " filters");
                    }
                    session.update(AccountStatements.ADD_FILTER, user.value(), number, json);
                    return number;
                });
    }

    public Uni<Optional<JsonObject>> filter(UserId user, long number) {
        return sessions.read(
                session ->
                        session.first(
                                AccountStatements.FILTER,
                                row -> JsonReader.readObject(row.bytes(1)),
                                user.value(),
                                number));
    }

    public Uni<Void> save(UserId user, AccountDatum datum) {
        return sessions.write(
                session -> {
                    long last =
                            session.first(AccountStatements.LAST_DATUM, row -> row.number(1))
                                    .orElseThrow();
                    session.update(
                            AccountStatements.SAVE_DATUM,
                            user.value(),
                            key(datum.room()),
                            datum.type(),
                            JsonWriter.write(datum.content()),
                            last + 1);
                    return null;
                });
    }

    public Uni<Optional<JsonObject>> datum(UserId user, Optional<RoomId> room, String type) {
        return sessions.read(
                session ->
                        session.first(
                                AccountStatements.DATUM,
                                row -> JsonReader.readObject(row.bytes(1)),
                                user.value(),
                                key(room),
                                type));
    }

    /// What changed after a point of the sequence; 0 is before all.
    public Uni<AccountDataChanges> changes(UserId user, long after) {
        return sessions.read(
                session ->
                        new AccountDataChanges(
                                session.first(AccountStatements.LAST_DATUM, row -> row.number(1))
                                        .orElseThrow(),
                                session.list(
                                        AccountStatements.DATA_AFTER,
                                        AccountDataStore::datum,
                                        user.value(),
                                        after)));
    }

    private static AccountDatum datum(Row row) throws SQLException {
        return new AccountDatum(
                Optional.of(row.text(1)).filter(room -> !room.equals(NO_ROOM)).map(RoomId::new),
                row.text(2),
                JsonReader.readObject(row.bytes(3)));
    }

    private static String key(Optional<RoomId> room) {
        return room.map(RoomId::value).orElse(NO_ROOM);
    }
}
