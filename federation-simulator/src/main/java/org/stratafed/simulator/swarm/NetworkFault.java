package org.stratafed.simulator.swarm;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.network.Faults;
import org.stratafed.simulator.network.Link;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Words;

/// What can be wrong with the network for a while.
public enum NetworkFault implements Trouble {

    /// Nothing passes between two servers.
    PARTITION(
            where -> {
                var link = where.link();
                where.cut(link);
                where.cut(link.reversed());
            }),

    /// Nothing passes from one to the other, but back.
    ONE_WAY_PARTITION(where -> where.cut(where.link())),

    /// Nothing passes between one half of the servers and the other.
    SPLIT(
            where -> {
                var sides = where.sides();
                sides.getFirst()
                        .forEach(
                                one ->
                                        sides.getLast()
                                                .forEach(
                                                        other -> {
                                                            where.cut(new Link(one, other));
                                                            where.cut(new Link(other, one));
                                                        }));
            }),

    /// Two servers reach each other now and then.
    FLAPPING(
            where -> {
                var link = where.link();
                for (int i = 0; i < 5; i++) {
                    where.stage().later(where.within(60), () -> where.cut(link, where.within(10)));
                }
            }),

    LOSS(where -> where.worsen(it -> it.withLoss(0.3))),

    /// Requests arrive twice.
    DUPLICATION(where -> where.worsen(it -> it.withDuplication(0.5))),

    REORDERING(where -> where.worsen(it -> it.withReordering(0.5))),

    /// Answers break off.
    TRUNCATION(where -> where.worsen(it -> it.withTruncation(0.3))),

    LATENCY(
            where ->
                    where.worsen(
                            it -> it.withLatency(Duration.ofMillis(500), Duration.ofSeconds(4)))),

    /// Answers come in drips.
    SLOW_ANSWERS(where -> where.worsen(it -> it.withChunkTime(Duration.ofSeconds(5)))),

    /// What is sent is held back, and comes all at once.
    CLOGGING(
            where ->
                    where.faults()
                            .clog(
                                    where.link(),
                                    where.stage().now().plus(where.within(60)).toNanos())),

    /// The server's name can't be resolved.
    NAME_LOST(
            where -> {
                var server = where.server();
                where.faults().hideName(server);
                where.afterwards(it -> it.showName(server));
            }),

    BAD_CERTIFICATE(
            where -> {
                var server = where.server();
                where.faults().setTrusted(server, false);
                where.afterwards(it -> it.setTrusted(server, true));
            }),

    /// A reverse proxy answers in the server's place, before or after the server did its part.
    BROKEN_PROXY(
            where -> {
                var server = where.server();
                where.faults().setProxyBroken(server, true);
                where.afterwards(it -> it.setProxyBroken(server, false));
            }),

    /// The server's `.well-known` is nonsense.
    WRONG_WELL_KNOWN(
            where -> {
                var server = where.server();
                where.faults().setMisdelegated(server, true);
                where.afterwards(it -> it.setMisdelegated(server, false));
            });

    private static final int SECONDS_MAX = 60;

    private final Consumer<Where> begin;

    NetworkFault(Consumer<Where> begin) {
        this.begin = begin;
    }

    @Override
    public String title() {
        return "fault/" + Words.of(this);
    }

    @Override
    public boolean strike(Stage stage, SimRandom random) {
        begin.accept(new Where(stage, random));
        return true;
    }

    /// Where and for how long chance has it strike.
    private record Where(Stage stage, SimRandom random) {

        Faults faults() {
            return stage.simulation().network().faults();
        }

        List<ServerName> servers() {
            return stage.simulation().servers().stream().map(SimServer::name).toList();
        }

        ServerName server() {
            var all = servers();
            return all.get(random.nextInt(all.size()));
        }

        Link link() {
            var all = servers();
            int from = random.nextInt(all.size());
            int to = (from + 1 + random.nextInt(all.size() - 1)) % all.size();
            return new Link(all.get(from), all.get(to));
        }

        List<List<ServerName>> sides() {
            var all = servers();
            int middle = 1 + random.nextInt(all.size() - 1);
            return List.of(all.subList(0, middle), all.subList(middle, all.size()));
        }

        Duration within(int seconds) {
            return Duration.ofNanos(random.nextLong(Duration.ofSeconds(seconds).toNanos()));
        }

        void afterwards(Consumer<Faults> end) {
            stage.later(within(SECONDS_MAX), () -> end.accept(faults()));
        }

        void cut(Link link) {
            cut(link, within(SECONDS_MAX));
        }

        void cut(Link link, Duration duration) {
            faults().partition(link);
            stage.later(duration, () -> faults().heal(link));
        }

        void worsen(UnaryOperator<Quality> how) {
            var link = link();
            faults().setQuality(link, how.apply(faults().quality(link)));
            afterwards(it -> it.restoreQuality(link));
        }
    }
}
