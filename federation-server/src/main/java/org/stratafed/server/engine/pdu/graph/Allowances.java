package org.stratafed.server.engine.pdu.graph;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.id.ServerName;

/// What is spent on a room's gaps for the sake of each server that sent events with something
/// missing behind them. It is bounded for each of them alone, so that a slow or poisonous one uses
/// up nothing of what the others' events need; and it is given anew from time to time.
final class Allowances {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final int ROUNDS_PER_ORIGIN_MAX = 500;
    static final int EVENTS_PER_ORIGIN_MAX = 100_000;
    static final long BYTES_PER_ORIGIN_MAX = 256L * 1_024 * 1_024;
    static final Duration TIME_PER_ORIGIN_MAX = Duration.ofMinutes(5);

    private final Map<ServerName, Spent> spent = new LinkedHashMap<>();
    private long windowEndsAt = Long.MIN_VALUE;

    private record Spent(int rounds, int events, long bytes, long millis) {

        static final Spent NOTHING = new Spent(0, 0, 0, 0);

        boolean isAllOfIt() {
            return rounds >= ROUNDS_PER_ORIGIN_MAX
                    || events >= EVENTS_PER_ORIGIN_MAX
                    || bytes >= BYTES_PER_ORIGIN_MAX
                    || millis >= TIME_PER_ORIGIN_MAX.toMillis();
        }
    }

    /// Begins a new window if the last one is over.
    void renew(long now) {
        if (now >= windowEndsAt) {
            spent.clear();
            windowEndsAt = now + WINDOW.toMillis();
        }
    }

    boolean isSpent(ServerName origin) {
        return of(origin).isAllOfIt();
    }

    /// Whose turn comes first: it is for whom least time was spent.
    long millis(ServerName origin) {
        return of(origin).millis();
    }

    int rounds(ServerName origin) {
        return of(origin).rounds();
    }

    void spend(ServerName origin, Received received, long millis) {
        var so = of(origin);
        spent.put(
                origin,
                new Spent(
                        so.rounds() + 1,
                        so.events() + received.events(),
                        so.bytes() + received.bytes(),
                        so.millis() + millis));
    }

    private Spent of(ServerName origin) {
        return spent.getOrDefault(origin, Spent.NOTHING);
    }
}
