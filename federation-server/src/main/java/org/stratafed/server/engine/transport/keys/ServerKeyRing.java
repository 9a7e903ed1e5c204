package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.KeyStore;
import org.stratafed.server.engine.transport.wire.Eager;

/// The keys of all servers: remembered, else stored, else asked of the server itself. Its own it
/// has.
///
/// A server is asked once for all that want its keys at the same time, once for each need, and not
/// at all for a while after it failed to answer.
public final class ServerKeyRing {

    private static final int SERVERS_MAX = 20_000;

    private final OwnKeys own;
    private final KeyStore store;
    private final KeyFetch fetch;
    private final Telemetry telemetry;
    private final InstantSource clock;

    private final FetchSlots slots = new FetchSlots();
    private final SequencedMap<ServerName, KnownKeys> cache = accessOrdered();

    public ServerKeyRing(
            OwnKeys own, KeyStore store, KeyFetch fetch, Telemetry telemetry, InstantSource clock) {
        this.own = own;
        this.store = store;
        this.fetch = fetch;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /// Keys as their owners told them.
    ///
    /// @param known the servers of which any key is known, wanted or not
    public record FirstHand(KeyBook book, SequencedSet<ServerName> known) {}

    /// What can be had first hand. Never fails.
    public Uni<FirstHand> gather(Collection<WantedKey> wanted) {
        var byServer = new LinkedHashMap<ServerName, List<WantedKey>>();
        for (WantedKey key : wanted) {
            byServer.computeIfAbsent(key.server(), _ -> new ArrayList<>()).add(key);
        }
        if (byServer.isEmpty()) {
            return Uni.createFrom().item(firstHand(List.of()));
        }
        var gathered = new ArrayList<Uni<OfServer>>();
        byServer.forEach((server, keys) -> gathered.add(ofServer(server, keys)));
        return Eager.start(Uni.join().all(gathered).andFailFast().map(ServerKeyRing::firstHand));
    }

    private static FirstHand firstHand(List<OfServer> gathered) {
        var keys = new LinkedHashMap<ServerName, List<ServerKey>>();
        var known = new LinkedHashSet<ServerName>();
        for (OfServer of : gathered) {
            keys.put(of.server(), of.keys());
            if (of.isKnown()) {
                known.add(of.server());
            }
        }
        return new FirstHand(KeyBook.of(keys), known);
    }

    private Uni<OfServer> ofServer(ServerName server, List<WantedKey> wanted) {
        if (server.equals(own.server())) {
            var all = own.all(clock.millis());
            return Uni.createFrom().item(new OfServer(server, all, true));
        }
        var known = cache.computeIfAbsent(server, _ -> new KnownKeys());
        return loaded(server, known)
                .flatMap(
                        _ ->
                                known.isWorthAsking(wanted, clock.instant())
                                        ? fetched(server, known)
                                        : Uni.createFrom().voidItem())
                .map(_ -> new OfServer(server, those(wanted, known), !known.isEmpty()));
    }

    /// Asks the server for its keys, whatever is known of them, if it may be asked now. It never
    /// fails.
    Uni<Void> refresh(ServerName server) {
        var known = cache.computeIfAbsent(server, _ -> new KnownKeys());
        return loaded(server, known)
                .flatMap(
                        _ ->
                                known.fetching().isPresent() || known.isAskable(clock.instant())
                                        ? fetched(server, known)
                                        : Uni.createFrom().voidItem());
    }

    private static List<ServerKey> those(List<WantedKey> wanted, KnownKeys known) {
        return wanted.stream()
                .map(WantedKey::key)
                .distinct()
                .flatMap((KeyId id) -> known.key(id).stream())
                .toList();
    }

    /// What the store has. Never fails: a store that can't be read is as good as empty, this time.
    private Uni<Void> loaded(ServerName server, KnownKeys known) {
        return known.isLoaded()
                ? Uni.createFrom().voidItem()
                : known.loading().orElseGet(() -> load(server, known));
    }

    private Uni<Void> load(ServerName server, KnownKeys known) {
        var work =
                store.keys(server)
                        .invoke(known::loaded)
                        .onFailure()
                        .invoke(
                                failure -> {
                                    telemetry.defect("loading keys of " + server, failure);
                                    cache.remove(server, known);
                                })
                        .onFailure()
                        .recoverWithItem(List.of())
                        .replaceWithVoid()
                        .memoize()
                        .indefinitely();
        known.loading(work);
        return Eager.start(work);
    }

    /// What the server says. Never fails: if it can't be had, the rest has to do.
    private Uni<Void> fetched(ServerName server, KnownKeys known) {
        return known.fetching().orElseGet(() -> fetch(server, known));
    }

    private Uni<Void> fetch(ServerName server, KnownKeys known) {
        var work =
                slots.run(() -> fetch.fetch(server))
                        .flatMap(
                                answered ->
                                        save(
                                                server,
                                                known.fetched(answered.keys(), clock.instant()),
                                                answered.said()))
                        .onFailure()
                        .invoke(failure -> failed(server, known, failure))
                        .onFailure()
                        .recoverWithNull()
                        .onTermination()
                        .invoke(() -> known.fetching(Optional.empty()))
                        .memoize()
                        .indefinitely();
        known.fetching(Optional.of(work));
        return Eager.start(work);
    }

    private Uni<Void> save(ServerName server, List<ServerKey> changed, SignedKeys said) {
        Uni<Void> keys =
                changed.isEmpty() ? Uni.createFrom().voidItem() : store.save(server, changed);
        return keys.call(() -> store.saveSigned(server, said))
                .onFailure()
                .invoke(it -> telemetry.defect("saving keys of " + server, it))
                .onFailure()
                .recoverWithNull();
    }

    private void failed(ServerName server, KnownKeys known, Throwable failure) {
        known.failed(clock.instant());
        if (failure instanceof RemoteFailure) {
            telemetry.peer(server, "Its keys could not be fetched: " + failure.getMessage());
        } else {
            telemetry.defect("fetching keys of " + server, failure);
        }
    }

    private static SequencedMap<ServerName, KnownKeys> accessOrdered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ServerName, KnownKeys> eldest) {
                return size() > SERVERS_MAX;
            }
        };
    }

    private record OfServer(ServerName server, List<ServerKey> keys, boolean isKnown) {}
}
