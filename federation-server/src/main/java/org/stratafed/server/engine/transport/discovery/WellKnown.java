package org.stratafed.server.engine.transport.discovery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transport.wire.Eager;

/// The delegations of other servers, remembered for as long as they may be.
///
/// That nobody is named is remembered for an hour. A host that doesn't answer is asked again after
/// a minute, then after two, up to an hour; what it said before counts until then, so that a web
/// server being away doesn't take the homeserver with it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names">Resolving
///     server names</a>
final class WellKnown {

    private static final int HOSTS_MAX = 20_000;

    private static final Duration NONE_LIFETIME = Duration.ofHours(1);
    private static final Duration RETRY_MIN = Duration.ofMinutes(1);
    private static final Duration RETRY_MAX = Duration.ofHours(1);
    private static final int RETRY_DOUBLINGS_MAX = 6;

    /// For how long a delegation is believed in all that couldn't be confirmed.
    private static final Duration UNCONFIRMED_MAX = Duration.ofHours(48);

    private final WellKnownFetch fetch;
    private final InstantSource clock;

    private final SequencedMap<ServerName, Remembered> cache = accessOrdered();
    private final SequencedMap<ServerName, Uni<Optional<ServerName>>> underWay =
            new LinkedHashMap<>();

    WellKnown(WellKnownFetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /// The server that the host, which is a name without a port, delegates to. Never fails because
    /// of the peer, and asks it but once for all that want to know at the same time.
    Uni<Optional<ServerName>> delegated(ServerName host) {
        var known = Optional.ofNullable(cache.get(host));
        if (known.isPresent() && clock.instant().isBefore(known.get().until())) {
            return Uni.createFrom().item(known.get().server());
        }
        var asked = underWay.get(host);
        if (asked != null) {
            return asked;
        }
        var answer =
                fetch.fetch(host)
                        .map(delegation -> remember(host, known, delegation))
                        .onTermination()
                        .invoke(() -> underWay.remove(host))
                        .memoize()
                        .indefinitely();
        underWay.put(host, answer);
        return Eager.start(answer);
    }

    private Optional<ServerName> remember(
            ServerName host, Optional<Remembered> before, Delegation delegation) {
        var now = clock.instant();
        var entry =
                switch (delegation) {
                    case Delegation.To(var server, var lifetime) ->
                            new Remembered(Optional.of(server), now, now.plus(lifetime), 0);
                    case Delegation.None _ ->
                            new Remembered(Optional.empty(), now, now.plus(NONE_LIFETIME), 0);
                    case Delegation.Unknown _ ->
                            before.map(known -> known.unconfirmed(now))
                                    .orElseGet(() -> Remembered.unknown(now));
                };
        cache.put(host, entry);
        return entry.server();
    }

    private static SequencedMap<ServerName, Remembered> accessOrdered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ServerName, Remembered> eldest) {
                return size() > HOSTS_MAX;
            }
        };
    }

    /// @param saidAt when the host last said so
    /// @param until when it has to be asked again
    /// @param failures how often in a row it didn't answer
    private record Remembered(
            Optional<ServerName> server, Instant saidAt, Instant until, int failures) {

        static Remembered unknown(Instant now) {
            return new Remembered(Optional.empty(), now, now.plus(RETRY_MIN), 1);
        }

        Remembered unconfirmed(Instant now) {
            boolean isTooOld = !now.isBefore(saidAt.plus(UNCONFIRMED_MAX));
            var retry = RETRY_MIN.multipliedBy(1L << Math.min(failures, RETRY_DOUBLINGS_MAX));
            return new Remembered(
                    isTooOld ? Optional.empty() : server,
                    saidAt,
                    now.plus(retry.compareTo(RETRY_MAX) < 0 ? retry : RETRY_MAX),
                    failures + 1);
        }
    }
}
