package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;

/// What is known of one server's keys, and when it may be asked for them again. Belongs to the
/// key ring and is touched on the engine loop only.
final class KnownKeys {

    /// Between two answers. A server that changed its key just now is believed this much later.
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(30);

    /// After a failure, and after those that follow on it. Short at the top too: while it lasts,
    /// a server that came back can't prove anything to us.
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(10);

    private static final int BACKOFF_DOUBLINGS_MAX = 6;

    private final SequencedMap<KeyId, ServerKey> keys = new LinkedHashMap<>();
    private Instant askableFrom = Instant.MIN;
    private int failures;

    /// The store's part is in once this completes.
    private Optional<Uni<Void>> loading = Optional.empty();

    private Optional<Uni<Void>> fetching = Optional.empty();

    Optional<ServerKey> key(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    /// Whether asking the server could bring a wanted key that isn't here, or isn't valid for long
    /// enough. No answer can make a key valid for longer than the cap, or an old one valid again.
    boolean isWorthAsking(Collection<WantedKey> wanted, Instant now) {
        if (now.isBefore(askableFrom)) {
            return false;
        }
        long attainable = now.plus(KeyAnswer.VALIDITY_MAX).toEpochMilli();
        return wanted.stream().anyMatch(it -> isMissing(it, attainable));
    }

    private boolean isMissing(WantedKey wanted, long attainable) {
        var key = keys.get(wanted.key());
        if (key == null) {
            return true;
        }
        return key.expiredTs().isEmpty()
                && key.validUntilTs() < wanted.minimumValidUntilTs()
                && wanted.minimumValidUntilTs() <= attainable;
    }

    void loaded(List<ServerKey> stored) {
        stored.forEach(key -> keys.putIfAbsent(key.key().id(), key));
    }

    /// Takes an answer in, and says what the store has to keep of it.
    ///
    /// A server that has had too many keys gets no more of them stored, and the eldest make room in
    /// memory: it can't fill the one or the other by changing keys all the time.
    List<ServerKey> fetched(List<ServerKey> answered, Instant now) {
        failures = 0;
        askableFrom = now.plus(INTERVAL_MIN);
        var toStore = new ArrayList<ServerKey>();
        for (ServerKey key : answered) {
            var widened = widened(key);
            var id = key.key().id();
            if (keys.containsKey(id) || keys.size() < KeyAnswer.KEYS_MAX) {
                if (!widened.equals(keys.put(id, widened))) {
                    toStore.add(widened);
                }
            } else {
                keys.pollFirstEntry();
                keys.put(id, widened);
            }
        }
        return toStore;
    }

    void failed(Instant now) {
        var backoff = BACKOFF_MIN.multipliedBy(1L << Math.min(failures, BACKOFF_DOUBLINGS_MAX));
        failures++;
        askableFrom = now.plus(backoff);
    }

    /// A key that was promised to be valid for longer stays so: events were sent on the promise.
    private ServerKey widened(ServerKey answered) {
        var known = keys.get(answered.key().id());
        boolean isShorter =
                known != null
                        && known.key().equals(answered.key())
                        && known.validUntilTs() > answered.validUntilTs();
        return isShorter
                ? new ServerKey(answered.key(), known.validUntilTs(), answered.expiredTs())
                : answered;
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
