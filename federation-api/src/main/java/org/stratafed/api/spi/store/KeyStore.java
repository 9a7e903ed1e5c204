package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.id.ServerName;

/// The signing keys of servers: every one ever seen, with its validity.
public interface KeyStore {

    Uni<List<ServerKey>> keys(ServerName server);

    /// Adds keys, or widens what is known of them; a key is never forgotten.
    Uni<Void> save(ServerName server, List<ServerKey> keys);

    /// What the server said of its keys when it was asked last.
    Uni<Optional<SignedKeys>> signedKeys(ServerName server);

    /// Replaces what the server said before.
    Uni<Void> saveSigned(ServerName server, SignedKeys said);
}
