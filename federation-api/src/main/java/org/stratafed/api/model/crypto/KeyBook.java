package org.stratafed.api.model.crypto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;

/// Keys of servers, gathered before a pure check needs them.
public final class KeyBook {

    private static final KeyBook EMPTY = new KeyBook(new LinkedHashMap<>());

    private final SequencedMap<ServerName, SequencedMap<KeyId, ServerKey>> keys;

    private KeyBook(SequencedMap<ServerName, SequencedMap<KeyId, ServerKey>> keys) {
        this.keys = keys;
    }

    public static KeyBook empty() {
        return EMPTY;
    }

    /// The book of these keys. For many at once, where [#with(ServerName, ServerKey)] would copy
    /// the book for each.
    public static KeyBook of(SequencedMap<ServerName, List<ServerKey>> keys) {
        var book = new LinkedHashMap<ServerName, SequencedMap<KeyId, ServerKey>>();
        keys.forEach(
                (server, ofServer) -> {
                    var byId = new LinkedHashMap<KeyId, ServerKey>();
                    ofServer.forEach(key -> byId.put(key.key().id(), key));
                    book.put(server, byId);
                });
        return new KeyBook(book);
    }

    public KeyBook with(ServerName server, ServerKey key) {
        var copy = new LinkedHashMap<>(keys);
        var ofServer = new LinkedHashMap<>(of(server));
        ofServer.put(key.key().id(), key);
        copy.put(server, ofServer);
        return new KeyBook(copy);
    }

    /// All keys known of the server, by id.
    public SequencedMap<KeyId, ServerKey> of(ServerName server) {
        return Collections.unmodifiableSequencedMap(
                keys.getOrDefault(server, Collections.emptyNavigableMap()));
    }

    public Optional<ServerKey> key(ServerName server, KeyId id) {
        return Optional.ofNullable(of(server).get(id));
    }
}
