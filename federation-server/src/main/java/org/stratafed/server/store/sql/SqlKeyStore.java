package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.store.KeyStore;

/// The keys of servers in a table.
///
/// A server that names another key like an earlier one has both, the one to be relied on longest
/// last. What is known of a key only widens: it is valid until the latest time that was ever
/// said, and once out of use it stays so.
public final class SqlKeyStore implements KeyStore {

    private static final String KEYS =
            """
            SELECT key_id, public_key, valid_until_ts, expired_ts
            FROM server_keys WHERE server = ?
            ORDER BY key_id, valid_until_ts, public_key
            """;

    private static final String SAVE =
            """
            INSERT INTO server_keys (server, key_id, public_key, valid_until_ts, expired_ts)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (server, key_id, public_key) DO UPDATE SET
                valid_until_ts = CASE
                    WHEN excluded.valid_until_ts > server_keys.valid_until_ts
                    THEN excluded.valid_until_ts ELSE server_keys.valid_until_ts END,
                expired_ts = COALESCE(excluded.expired_ts, server_keys.expired_ts)
            """;

    private static final String SIGNED =
            "SELECT json, fetched_ts FROM signed_keys WHERE server = ?";

    private static final String SAVE_SIGNED =
            """
            INSERT INTO signed_keys (server, json, fetched_ts) VALUES (?, ?, ?)
            ON CONFLICT (server) DO UPDATE SET
                json = excluded.json, fetched_ts = excluded.fetched_ts
            """;

    private final SqlSessions sessions;

    public SqlKeyStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<List<ServerKey>> keys(ServerName server) {
        return sessions.read(session -> session.list(KEYS, SqlKeyStore::key, server.value()));
    }

    private static ServerKey key(Row row) throws SQLException {
        return new ServerKey(
                new VerifyKey(new KeyId(row.text(1)), row.bytes(2)),
                row.number(3),
                row.optionalNumber(4));
    }

    @Override
    public Uni<Void> save(ServerName server, List<ServerKey> keys) {
        List<ServerKey> saved = List.copyOf(keys);
        return sessions.write(
                session -> {
                    for (ServerKey key : saved) {
                        session.update(
                                SAVE,
                                server.value(),
                                key.key().id().value(),
                                key.key().bytes(),
                                key.validUntilTs(),
                                key.expiredTs());
                    }
                    return null;
                });
    }

    @Override
    public Uni<Optional<SignedKeys>> signedKeys(ServerName server) {
        return sessions.read(session -> session.first(SIGNED, SqlKeyStore::signed, server.value()));
    }

    private static SignedKeys signed(Row row) throws SQLException {
        return new SignedKeys(JsonReader.readObject(row.bytes(1)), row.number(2));
    }

    @Override
    public Uni<Void> saveSigned(ServerName server, SignedKeys said) {
        var json = JsonWriter.write(said.json());
        return sessions.write(
                session -> {
                    session.update(SAVE_SIGNED, server.value(), json, said.fetchedTs());
                    return null;
                });
    }
}
