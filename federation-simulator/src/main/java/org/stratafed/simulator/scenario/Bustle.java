package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimRandom;

/// People who do whatever comes to their minds, whether they may or not, while servers crash and
/// links break and heal.
record Bustle(int deeds, Duration over) implements When {

    private static final Duration CUT_MEAN = Duration.ofSeconds(20);
    private static final Duration DOWN_MEAN = Duration.ofSeconds(5);
    private static final int MODERATOR = 50;

    @Override
    public void begin(Stage stage) {
        var random = stage.simulation().random().split("bustle");
        var servers = List.copyOf(stage.simulation().servers());
        var users = new ArrayList<UserId>();
        servers.forEach(it -> users.add(new UserId("@u:" + it.name())));
        for (int i = 0; i < deeds; i++) {
            int number = i;
            stage.later(
                    Duration.ofNanos(random.nextLong(over.toNanos())),
                    () -> happen(stage, random, servers, users, number));
        }
    }

    private void happen(
            Stage stage, SimRandom random, List<SimServer> servers, List<UserId> users, int n) {
        if (random.happens(0.08)) {
            breakSomething(stage, random, servers);
            return;
        }
        var user = users.get(random.nextInt(users.size()));
        var other = users.get(random.nextInt(users.size()));
        var server = stage.simulation().server(user.server());
        if (server.isUp() && !user.equals(other)) {
            stage.register(
                    user, () -> stage.register(other, () -> act(stage, random, user, other, n)));
        }
    }

    private void act(Stage stage, SimRandom random, UserId user, UserId other, int number) {
        var server = stage.simulation().server(user.server());
        if (!server.isUp()) {
            return;
        }
        var at = new Deeds(stage, server, user);
        switch (random.nextInt(12)) {
            case 0 -> leaveUnlessFirst(at, server, stage);
            case 1 -> at.invites(other);
            case 2 -> at.kicks(other);
            case 3 -> at.bans(other);
            case 4 -> at.unbans(other);
            case 5 -> at.setsTopic("topic " + number);
            case 6 -> at.empowers(other, MODERATOR);
            case 7, 8 -> at.joins();
            default -> at.says("message " + number);
        }
    }

    /// The first one made the room, and stays in it.
    private static void leaveUnlessFirst(Deeds at, SimServer server, Stage stage) {
        if (server != stage.simulation().servers().iterator().next()) {
            at.leaves();
        }
    }

    private static void breakSomething(Stage stage, SimRandom random, List<SimServer> servers) {
        var one = servers.get(random.nextInt(servers.size()));
        var other = servers.get(random.nextInt(servers.size()));
        if (random.nextBoolean() && one != other) {
            var faults = stage.simulation().network().faults();
            faults.partition(one.name(), other.name());
            stage.later(
                    Duration.ofNanos(random.nextLong(2 * CUT_MEAN.toNanos())),
                    () -> faults.heal(one.name(), other.name()));
        } else if (one.isUp()) {
            stage.crash(one);
            stage.later(
                    Duration.ofNanos(random.nextLong(2 * DOWN_MEAN.toNanos())),
                    () -> startIfDown(one));
        }
    }

    private static void startIfDown(SimServer server) {
        if (!server.isUp()) {
            server.start();
        }
    }

    /// Whether somebody who tried something has to live with that answer.
    static boolean isAnAnswer(Throwable failure) {
        return failure instanceof MatrixException || failure instanceof RemoteFailure;
    }

    @Override
    public String toString() {
        return "people do " + deeds + " things within " + over;
    }
}
