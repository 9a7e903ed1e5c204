package org.stratafed.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.contract.SampleRoom;
import org.stratafed.server.store.sql.ServerIdentity.WrongIdentityException;
import org.stratafed.server.store.sql.SqlCounters;
import org.stratafed.server.store.sql.SqlSession;

/// Opening and closing a database.
class SqliteDatabaseTest {

    private static final VerifyKey KEY =
            new VerifyKey(new KeyId("ed25519:a"), new byte[VerifyKey.KEY_BYTES]);

    @TempDir Path folder;

    @Test
    void aDatabaseOfAnotherServerIsRefusedWithBothNames() {
        open("local.example").close();
        assertThatThrownBy(() -> open("other.example"))
                .isInstanceOf(WrongIdentityException.class)
                .hasMessageContaining("local.example")
                .hasMessageContaining("other.example")
                .hasMessageContaining("configure the name local.example");
        open("local.example").close();
    }

    @Test
    void aSigningKeyIsRememberedAndAnotherOneRefused() {
        try (var database = open("local.example")) {
            database.confirmSigningKey(KEY);
            database.confirmSigningKey(KEY);
        }
        var bytes = new byte[VerifyKey.KEY_BYTES];
        bytes[0] = 1;
        var sameName = new VerifyKey(KEY.id(), bytes);
        var otherName = new VerifyKey(new KeyId("ed25519:b"), KEY.bytes());
        try (var database = open("local.example")) {
            for (var other : List.of(sameName, otherName)) {
                assertThatThrownBy(() -> database.confirmSigningKey(other))
                        .isInstanceOf(WrongIdentityException.class)
                        .hasMessageContaining(KEY.toString())
                        .hasMessageContaining(other.toString())
                        .hasMessageContaining("Put the old key file back");
            }
            database.confirmSigningKey(KEY);
        }
    }

    /// A newer version has been here, and may have changed what this one relies on.
    @Test
    void aSchemaFromTheFutureIsRefused() throws SQLException {
        open("local.example").close();
        try (var session =
                SqlSession.over(
                        SqliteConnections.writing(file()).getConnection(), new SqlCounters())) {
            session.update(
                    """
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type,
                        script, checksum, installed_by, execution_time, success)
                    VALUES (99, '9999', 'later', 'SQL', 'V9999__later.sql', 1, '', 1, 1)
                    """);
            session.commit();
        }
        assertThatThrownBy(() -> open("local.example")).hasMessageContaining("9999");
    }

    @Test
    void commitsAreSynchronousAndTheLogIsWrittenAhead() throws SQLException {
        open("local.example").close();
        try (var session =
                SqlSession.over(
                        SqliteConnections.writing(file()).getConnection(), new SqlCounters())) {
            assertThat(session.first("PRAGMA synchronous", row -> row.integer(1))).contains(2);
            assertThat(session.first("PRAGMA journal_mode", row -> row.text(1))).contains("wal");
        }
    }

    @Test
    void readersCannotWrite() {
        var under = new SqliteUnderTest(folder);
        assertThatThrownBy(
                        () ->
                                under.await(
                                        under.database()
                                                .sessions()
                                                .read(
                                                        session ->
                                                                session.update(
                                                                        "DELETE FROM meta"))))
                .hasMessageContaining("READONLY");
        under.close();
    }

    @Test
    void closingWritesTheLogBackSoThatTheFileIsAll() {
        var under = new SqliteUnderTest(folder);
        SampleRoom.created(under, "lobby");
        under.close();
        assertThat(Files.exists(folder.resolve("strata.db-wal"))).isFalse();
    }

    private Path file() {
        return folder.resolve("strata.db");
    }

    private SqliteDatabase open(String name) {
        return SqliteDatabase.open(file(), new ServerName(name), Runnable::run);
    }
}
