package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.KeyStore;
import org.stratafed.server.engine.transaction.ManualLoop;

/// A store of keys in memory, which can break.
public final class MemoryKeys implements KeyStore {

    private final ManualLoop loop;
    private final SequencedMap<ServerName, List<ServerKey>> keys = new LinkedHashMap<>();
    private final SequencedMap<ServerName, SignedKeys> signed = new LinkedHashMap<>();
    private int reads;
    private boolean isBroken;

    public MemoryKeys(ManualLoop loop) {
        this.loop = loop;
    }

    public void put(ServerName server, ServerKey key) {
        var all = keys.computeIfAbsent(server, _ -> new ArrayList<>());
        all.removeIf(it -> it.key().id().equals(key.key().id()));
        all.add(key);
    }

    public List<ServerKey> of(ServerName server) {
        return List.copyOf(keys.getOrDefault(server, List.of()));
    }

    public int reads() {
        return reads;
    }

    public void isBroken(boolean broken) {
        isBroken = broken;
    }

    @Override
    public Uni<List<ServerKey>> keys(ServerName server) {
        return loop.later(
                () -> {
                    reads++;
                    failIfBroken();
                    return of(server);
                });
    }

    @Override
    public Uni<Void> save(ServerName server, List<ServerKey> saved) {
        return loop.later(
                () -> {
                    failIfBroken();
                    saved.forEach(key -> put(server, key));
                    return null;
                });
    }

    @Override
    public Uni<Optional<SignedKeys>> signedKeys(ServerName server) {
        return loop.later(
                () -> {
                    failIfBroken();
                    return Optional.ofNullable(signed.get(server));
                });
    }

    @Override
    public Uni<Void> saveSigned(ServerName server, SignedKeys said) {
        return loop.later(
                () -> {
                    failIfBroken();
                    signed.put(server, said);
                    return null;
                });
    }

    private void failIfBroken() {
        if (isBroken) {
            throw new IllegalStateException("the disk is gone");
        }
    }
}
