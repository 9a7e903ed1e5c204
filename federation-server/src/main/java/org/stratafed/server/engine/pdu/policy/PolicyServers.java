package org.stratafed.server.engine.pdu.policy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;

/// The policy servers of all rooms, and how each of them is: a few questions to each at a time, and
/// a pause for what others sent when one doesn't answer.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
public final class PolicyServers {

    /// Questions to one policy server at a time.
    static final int ASKED_AT_ONCE_MAX = 10;

    /// Questions to one policy server that wait for their turn.
    static final int WAITING_MAX = 1_000;

    /// Policy servers of which it is known how they are.
    static final int SERVERS_MAX = 1_000;

    static final Duration PAUSE_MIN = Duration.ofSeconds(30);
    static final Duration PAUSE_MAX = Duration.ofMinutes(10);

    private final ServerName local;
    private final RemoteRooms remote;
    private final InstantSource clock;
    private final Map<ServerName, Desk> desks = new LinkedHashMap<>(16, 0.75f, true);

    public PolicyServers(ServerName local, RemoteRooms remote, InstantSource clock) {
        this.local = local;
        this.remote = remote;
        this.clock = clock;
    }

    /// Asks for a signature. Fails with a [RemoteFailure]: refused, or not answered with anything
    /// of use. Whether the signature is good is for who knows the key.
    public Uni<PolicyAnswer.Signature> ask(ServerName server, Pdu event) {
        if (server.equals(local)) {
            return Uni.createFrom()
                    .failure(new RemoteFailure.Unreachable(server + " is no policy server"));
        }
        return desk(server)
                .run(() -> remote.sign(server, PolicyServer.question(event)))
                .map(
                        answer ->
                                PolicyServer.signatureIn(answer, server)
                                        .map(it -> new PolicyAnswer.Signature(server, it))
                                        .orElseThrow(
                                                () ->
                                                        new RemoteFailure.Garbled(
                                                                server
                                                                        + " answered without a"
                                                                        + " signature")))
                .onItem()
                .invoke(() -> desk(server).isWell());
    }

    /// Whether it has not answered lately, so that nothing of others' is to wait for it.
    public boolean isAway(ServerName server) {
        var desk = desks.get(server);
        return desk != null && clock.instant().isBefore(desk.awayUntil);
    }

    /// It was asked in vain, as often as anybody waits for.
    public void isGivenUp(ServerName server) {
        desk(server).isAway(clock.instant());
    }

    /// Whether what went wrong may go well another time, with the same question.
    public static boolean isPassing(RemoteFailure failure) {
        return switch (failure) {
            case RemoteFailure.Unreachable _, RemoteFailure.TimedOut _ -> true;
            case RemoteFailure.Garbled _ -> false;
            case RemoteFailure.Refused refused ->
                    refused.status() >= 500 || refused.status() == 429 || refused.status() == 401;
        };
    }

    private Desk desk(ServerName server) {
        var desk = desks.computeIfAbsent(server, _ -> new Desk());
        var eldest = desks.values().iterator();
        for (int excess = desks.size() - SERVERS_MAX; excess > 0 && eldest.hasNext(); excess--) {
            if (eldest.next().isIdle()) {
                eldest.remove();
            }
        }
        return desk;
    }

    /// Where the questions to one policy server wait.
    private static final class Desk {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int asked;
        private Duration pause = PAUSE_MIN;
        private Instant awayUntil = Instant.MIN;

        boolean isIdle() {
            return asked == 0 && waiting.isEmpty();
        }

        void isWell() {
            pause = PAUSE_MIN;
            awayUntil = Instant.MIN;
        }

        void isAway(Instant now) {
            awayUntil = now.plus(pause);
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
        }

        <T> Uni<T> run(Supplier<Uni<T>> question) {
            return Uni.createFrom().emitter(outcome -> take(question, outcome));
        }

        private <T> void take(Supplier<Uni<T>> question, UniEmitter<? super T> outcome) {
            if (asked < ASKED_AT_ONCE_MAX) {
                begin(question, outcome);
            } else if (waiting.size() < WAITING_MAX) {
                waiting.add(() -> begin(question, outcome));
            } else {
                outcome.fail(new RemoteFailure.Unreachable("too many questions wait for it"));
            }
        }

        private <T> void begin(Supplier<Uni<T>> question, UniEmitter<? super T> outcome) {
            asked++;
            Uni.createFrom()
                    .deferred(() -> question.get())
                    .onTermination()
                    .invoke(this::end)
                    .subscribe()
                    .with(outcome::complete, outcome::fail);
        }

        private void end() {
            asked--;
            if (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }
}
