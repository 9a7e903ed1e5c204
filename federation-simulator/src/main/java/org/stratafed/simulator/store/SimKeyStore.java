package org.stratafed.simulator.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.KeyStore;

/// The keys that a virtual server knows.
record SimKeyStore(SimStore store) implements KeyStore {

    @Override
    public Uni<List<ServerKey>> keys(ServerName server) {
        return store.read(() -> store.disk().keys.keys(server));
    }

    @Override
    public Uni<Void> save(ServerName server, List<ServerKey> keys) {
        return store.write("keys of " + server, () -> store.disk().keys.save(server, keys));
    }

    @Override
    public Uni<Optional<SignedKeys>> signedKeys(ServerName server) {
        return store.read(() -> store.disk().keys.signed(server));
    }

    @Override
    public Uni<Void> saveSigned(ServerName server, SignedKeys said) {
        return store.write(
                "what " + server + " says of its keys",
                () -> store.disk().keys.saveSigned(server, said));
    }
}
