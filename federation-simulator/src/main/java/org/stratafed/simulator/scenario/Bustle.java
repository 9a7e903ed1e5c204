package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.store.DiskFull;

/// People who do whatever comes to their minds, whether they may or not. The first one
/// made the room, and stays in it.
///
/// @param from what comes to their minds, each kind as often as it is in there
record Bustle(int deeds, Duration over, List<Deed> from) implements When {

    @Override
    public void begin(Stage stage) {
        var random = stage.simulation().random().split("bustle");
        var users = users(stage, random.split("users"));
        for (int i = 0; i < deeds; i++) {
            int number = i;
            stage.later(
                    Duration.ofNanos(random.nextLong(over.toNanos())),
                    () -> happen(stage, random, users, number));
        }
    }

    /// One or two of each server.
    private static List<UserId> users(Stage stage, SimRandom random) {
        var users = new ArrayList<UserId>();
        for (var server : stage.simulation().servers()) {
            users.add(new UserId("@u:" + server.name()));
            if (random.nextBoolean()) {
                users.add(new UserId("@v:" + server.name()));
            }
        }
        return users;
    }

    private void happen(Stage stage, SimRandom random, List<UserId> users, int number) {
        var user = users.get(random.nextInt(users.size()));
        var other = users.get(random.nextInt(users.size()));
        var deed = from.get(random.nextInt(Integer.MAX_VALUE) % from.size());
        if (stage.simulation().server(user.server()).isUp() && !user.equals(other)) {
            stage.register(user, () -> act(stage, deed, user, other, number));
        }
    }

    private static void act(Stage stage, Deed deed, UserId user, UserId other, int number) {
        var server = stage.simulation().server(user.server());
        boolean mayLeave = !user.equals(founder(stage));
        if (server.isUp() && (mayLeave || deed != Deed.LEAVES)) {
            stage.simulation().coverage().count(deed.title());
            deed.attempt(new Deeds(stage, server, user), other, number);
        }
    }

    private static UserId founder(Stage stage) {
        return new UserId("@u:" + stage.simulation().servers().iterator().next().name());
    }

    /// Whether somebody who tried something has to live with that answer.
    static boolean isAnAnswer(Throwable failure) {
        return failure instanceof MatrixException
                || failure instanceof RemoteFailure
                || DiskFull.isCauseOf(failure);
    }

    @Override
    public String toString() {
        return "people do " + deeds + " things within " + over;
    }
}
