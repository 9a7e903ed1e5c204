package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;

/// What is known of one server's keys, and when it may be asked for them again. Belongs to the
/// key ring and is touched on the engine loop only.
final class KnownKeys {

    /// In the order they came. Most servers have one key, and there are many servers.
    private final List<ServerKey> keys = new ArrayList<>(1);

    private final AskingPace pace = new AskingPace();

    private boolean isLoaded;

    /// The store's part is in once this completes.
    private Optional<Uni<Void>> loading = Optional.empty();

    private Optional<Uni<Void>> fetching = Optional.empty();

    Optional<ServerKey> key(KeyId id) {
        int at = indexOf(id);
        return at < 0 ? Optional.empty() : Optional.of(keys.get(at));
    }

    /// Whether asking the server could bring a wanted key that isn't here, or isn't valid for long
    /// enough. No answer can make a key valid for longer than the cap, or an old one valid again.
    boolean isWorthAsking(Collection<WantedKey> wanted, Instant now) {
        return isAskable(now) && wanted.stream().anyMatch(it -> isLacking(it, key(it.key()), now));
    }

    boolean isAskable(Instant now) {
        return pace.isAskable(now);
    }

    /// Whether what is known of a wanted key is less than an answer could bring.
    static boolean isLacking(WantedKey wanted, Optional<ServerKey> known, Instant now) {
        long attainable = now.plus(KeyAnswer.VALIDITY_MAX).toEpochMilli();
        return known.map(
                        key ->
                                key.expiredTs().isEmpty()
                                        && key.validUntilTs() < wanted.minimumValidUntilTs()
                                        && wanted.minimumValidUntilTs() <= attainable)
                .orElse(true);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    void loaded(List<ServerKey> stored) {
        for (ServerKey key : stored) {
            if (indexOf(key.key().id()) < 0) {
                keys.add(key);
            }
        }
        isLoaded = true;
        loading = Optional.empty();
    }

    /// Takes an answer in, and says what the store has to keep of it.
    ///
    /// A server that has had too many keys gets no more of them stored, and the eldest make room in
    /// memory: it can't fill the one or the other by changing keys all the time.
    List<ServerKey> fetched(List<ServerKey> answered, Instant now) {
        pace.answered(now);
        var toStore = new ArrayList<ServerKey>();
        for (ServerKey key : answered) {
            int at = indexOf(key.key().id());
            if (at >= 0) {
                var widened = widened(keys.get(at), key);
                if (!widened.equals(keys.set(at, widened))) {
                    toStore.add(widened);
                }
            } else {
                if (keys.size() < KeyAnswer.KEYS_MAX) {
                    toStore.add(key);
                } else {
                    keys.removeFirst();
                }
                keys.add(key);
            }
        }
        return toStore;
    }

    private int indexOf(KeyId id) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).key().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    void failed(Instant now) {
        pace.failed(now);
    }

    /// A key that was promised to be valid for longer stays so: events were sent on the promise.
    private static ServerKey widened(ServerKey known, ServerKey answered) {
        boolean isShorter =
                known.key().equals(answered.key())
                        && known.validUntilTs() > answered.validUntilTs();
        return isShorter
                ? new ServerKey(answered.key(), known.validUntilTs(), answered.expiredTs())
                : answered;
    }

    boolean isLoaded() {
        return isLoaded;
    }

    Optional<Uni<Void>> loading() {
        return loading;
    }

    void loading(Uni<Void> work) {
        loading = Optional.of(work);
    }

    Optional<Uni<Void>> fetching() {
        return fetching;
    }

    void fetching(Optional<Uni<Void>> work) {
        fetching = work;
    }
}
