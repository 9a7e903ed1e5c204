package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import org.stratafed.simulator.host.SimServer;

/// Coming to rest: nothing is under way, no server has anything left to send, and none waits for
/// anything that exists.
final class Settling {

    /// Longer than the longest pause between two attempts, so that each is made at least once more.
    static final Duration TIME_MAX = Duration.ofHours(6);

    private Settling() {}

    static void settle(Stage stage) {
        if (!stage.simulation().runUntil(() -> isSettled(stage), TIME_MAX)) {
            throw new AssertionError("it doesn't come to rest: " + unrest(stage));
        }
    }

    /// Heals what is broken and lets everything come to rest.
    static void healAndSettle(Stage stage) {
        stage.simulation().heal();
        settle(stage);
    }

    private static boolean isSettled(Stage stage) {
        return stage.simulation().time().isQuiet()
                && stage.isEverythingDone()
                && stage.simulation().servers().stream().allMatch(it -> isAtRest(stage, it));
    }

    private static boolean isAtRest(Stage stage, SimServer server) {
        return !server.isUp()
                || server.disk().pendingDestinations().isEmpty()
                        && stage.orphans().containsAll(server.disk().staged());
    }

    private static String unrest(Stage stage) {
        var what = new ArrayList<String>(stage.underWay());
        for (var server : stage.simulation().servers()) {
            if (!isAtRest(stage, server)) {
                what.add(
                        "%s has to send to %s and waits with %s"
                                .formatted(
                                        server,
                                        server.disk().pendingDestinations(),
                                        server.disk().staged()));
            }
        }
        return String.join("; ", what);
    }
}
