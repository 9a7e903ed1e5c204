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
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.server.engine.transport.wire.Eager;

/// The keys of all servers, first hand where they can be had so, else as notaries tell them.
///
/// A notary can make up a server that we never heard from, so its word counts for little: it proves
/// events only, is kept in memory only, and counts no more once the server speaks for itself: of a
/// key that a server told us of itself, a notary can still say that it was valid for longer.
public final class WitnessedKeyRing implements KeyRing {

    /// Asked for one set of keys.
    private static final int NOTARIES_MAX = 3;

    private static final int SERVERS_MAX = 20_000;

    private final ServerName self;
    private final ServerKeyRing firstHand;
    private final NotaryFetch fetch;
    private final Telemetry telemetry;
    private final InstantSource clock;

    private final SequencedMap<ServerName, SecondHandKeys> secondHand = accessOrdered();

    public WitnessedKeyRing(
            ServerName self,
            ServerKeyRing firstHand,
            NotaryFetch fetch,
            Telemetry telemetry,
            InstantSource clock) {
        this.self = self;
        this.firstHand = firstHand;
        this.fetch = fetch;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public Uni<KeyBook> gather(Collection<WantedKey> wanted) {
        return firstHand.gather(wanted).map(ServerKeyRing.FirstHand::book);
    }

    @Override
    public Uni<KeyBook> gather(Collection<WantedKey> wanted, List<ServerName> notaries) {
        var asked =
                notaries.stream()
                        .distinct()
                        .filter(notary -> !notary.equals(self))
                        .limit(NOTARIES_MAX)
                        .toList();
        return Eager.start(firstHand.gather(wanted).flatMap(had -> completed(had, wanted, asked)));
    }

    private Uni<KeyBook> completed(
            ServerKeyRing.FirstHand had, Collection<WantedKey> wanted, List<ServerName> notaries) {
        var lacking = new LinkedHashMap<ServerName, List<WantedKey>>();
        for (WantedKey key : wanted) {
            if (isLacking(had, key)) {
                lacking.computeIfAbsent(key.server(), _ -> new ArrayList<>()).add(key);
            }
        }
        return lacking.isEmpty()
                ? Uni.createFrom().item(had.book())
                : asked(lacking, notaries, 0).map(_ -> withWitnessed(had, lacking));
    }

    /// Whether a notary could add to what is known first hand.
    private boolean isLacking(ServerKeyRing.FirstHand had, WantedKey wanted) {
        var known = had.book().key(wanted.server(), wanted.key());
        return known.isPresent()
                ? KnownKeys.isLacking(wanted, known, clock.instant())
                : !had.known().contains(wanted.server());
    }

    private KeyBook withWitnessed(
            ServerKeyRing.FirstHand had, SequencedMap<ServerName, List<WantedKey>> lacking) {
        var whole = had.book();
        for (var entry : lacking.entrySet()) {
            var witnessed = of(entry.getKey());
            for (WantedKey wanted : entry.getValue()) {
                var key = witnessed.key(wanted.key());
                if (key.filter(it -> isAcceptable(had, entry.getKey(), it)).isPresent()) {
                    whole = whole.with(entry.getKey(), key.get());
                }
            }
        }
        return whole;
    }

    private boolean isAcceptable(
            ServerKeyRing.FirstHand had, ServerName server, ServerKey witnessed) {
        return had.book()
                .key(server, witnessed.key().id())
                .map(
                        known ->
                                known.key().equals(witnessed.key())
                                        && witnessed.expiredTs().isEmpty()
                                        && witnessed.validUntilTs() > known.validUntilTs())
                .orElseGet(() -> !had.known().contains(server));
    }

    /// Asks one notary after the other, until nothing is lacking. Never fails.
    private Uni<Void> asked(
            SequencedMap<ServerName, List<WantedKey>> lacking,
            List<ServerName> notaries,
            int next) {
        var now = clock.instant();
        var open = new LinkedHashMap<>(lacking);
        open.entrySet().removeIf(it -> !of(it.getKey()).isLacking(it.getValue(), now));
        if (open.isEmpty() || next == notaries.size()) {
            return Uni.createFrom().voidItem();
        }
        return ask(notaries.get(next), open).flatMap(_ -> asked(lacking, notaries, next + 1));
    }

    private Uni<Void> ask(ServerName notary, SequencedMap<ServerName, List<WantedKey>> lacking) {
        var answers = new ArrayList<Uni<Void>>();
        var batch = new LinkedHashMap<ServerName, List<WantedKey>>();
        lacking.forEach(
                (server, wanted) -> {
                    var of = of(server);
                    if (of.asking().isPresent()) {
                        answers.add(of.asking().get());
                    } else if (!server.equals(notary) && of.isAskable(notary, clock.instant())) {
                        batch.put(server, wanted);
                        if (batch.size() == NotaryFetch.SERVERS_MAX) {
                            answers.add(query(notary, batch));
                            batch.clear();
                        }
                    }
                });
        if (!batch.isEmpty()) {
            answers.add(query(notary, batch));
        }
        return answers.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(answers).andFailFast().replaceWithVoid();
    }

    /// One question, for all that want to know meanwhile.
    private Uni<Void> query(ServerName notary, SequencedMap<ServerName, List<WantedKey>> batch) {
        var servers = new LinkedHashSet<>(batch.sequencedKeySet());
        var wanted = batch.values().stream().flatMap(List::stream).toList();
        var subjects = servers.stream().map(this::of).toList();
        var work =
                fetch.fetch(notary, wanted)
                        .flatMap(
                                said ->
                                        firstHand
                                                .gather(fetch.signers(notary, said))
                                                .flatMap(
                                                        had ->
                                                                fetch.proved(
                                                                        notary,
                                                                        said,
                                                                        had.book(),
                                                                        servers)))
                        .invoke(proved -> took(notary, servers, proved))
                        .onFailure()
                        .invoke(failure -> failed(notary, servers, failure))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid()
                        .onTermination()
                        .invoke(() -> subjects.forEach(it -> it.asking(Optional.empty())))
                        .memoize()
                        .indefinitely();
        subjects.forEach(it -> it.asking(Optional.of(work)));
        return Eager.start(work);
    }

    private void took(
            ServerName notary,
            Collection<ServerName> servers,
            Map<ServerName, List<ServerKey>> proved) {
        var now = clock.instant();
        servers.forEach(it -> of(it).said(notary, proved.getOrDefault(it, List.of()), now));
    }

    private void failed(ServerName notary, Collection<ServerName> servers, Throwable failure) {
        servers.forEach(it -> of(it).failed(notary, clock.instant()));
        if (failure instanceof RemoteFailure) {
            telemetry.peer(
                    notary, "It could not be asked for others' keys: " + failure.getMessage());
        } else {
            telemetry.defect("asking " + notary + " for the keys of others", failure);
        }
    }

    private SecondHandKeys of(ServerName server) {
        return secondHand.computeIfAbsent(server, _ -> new SecondHandKeys());
    }

    private static SequencedMap<ServerName, SecondHandKeys> accessOrdered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ServerName, SecondHandKeys> eldest) {
                return size() > SERVERS_MAX;
            }
        };
    }
}
