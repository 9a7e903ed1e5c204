package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.ServerName;

/// Which server a database belongs to, remembered from its first start on.
///
/// A server's name is in every room it takes part in and cannot be changed; with a key that is
/// not its own, nothing it sends would be believed.
public final class ServerIdentity {

    private static final String VALUE = "SELECT value FROM meta WHERE name = ?";
    private static final String REMEMBER = "INSERT INTO meta (name, value) VALUES (?, ?)";

    private static final String SERVER_NAME = "server_name";
    private static final String SIGNING_KEY = "signing_key";

    private ServerIdentity() {}

    /// Remembers the name, or checks that it is the one remembered.
    public static void confirmName(SqlSession session, ServerName name) throws SQLException {
        Optional<String> known = remembered(session, SERVER_NAME, name.value());
        if (known.isPresent() && !known.get().equals(name.value())) {
            throw new WrongIdentityException(
                    "This database belongs to the server "
                            + known.get()
                            + ", and the configured server name is "
                            + name
                            + ". A server cannot be renamed: configure the name "
                            + known.get()
                            + ", or give the new server an empty database.");
        }
    }

    /// The ID and the public part of the signing key that is remembered, if one is.
    public static Optional<String> signingKey(SqlSession session) throws SQLException {
        return session.first(VALUE, row -> row.text(1), SIGNING_KEY);
    }

    /// Remembers the signing key, or checks that it is the one remembered.
    public static void confirmSigningKey(SqlSession session, VerifyKey key) throws SQLException {
        String shown = key.id() + " " + UnpaddedBase64.encode(key.bytes());
        Optional<String> known = remembered(session, SIGNING_KEY, shown);
        if (known.isPresent() && !known.get().equals(shown)) {
            throw new WrongIdentityException(
                    "This database was used with the signing key "
                            + known.get()
                            + ", and the configured one is "
                            + shown
                            + ". Put the old key file back. If it is lost, other servers can no"
                            + " longer check what was signed with it; to go on with a new key all"
                            + " the same, give it an ID of its own and remove the row '"
                            + SIGNING_KEY
                            + "' from the table 'meta' while the server is stopped.");
        }
    }

    /// What is remembered; if that is nothing, the value is from now on.
    private static Optional<String> remembered(SqlSession session, String name, String value)
            throws SQLException {
        Optional<String> known = session.first(VALUE, row -> row.text(1), name);
        if (known.isEmpty()) {
            session.update(REMEMBER, name, value);
        }
        return known;
    }

    /// The database belongs to another server.
    public static final class WrongIdentityException extends RuntimeException {

        WrongIdentityException(String message) {
            super(message);
        }
    }
}
