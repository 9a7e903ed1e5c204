package org.stratafed.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.simulator.check.Denial;
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

    /// In a room that it has left, a server may wait for what nobody tells it any more: for what
    /// comes before its user's ban, say.
    private static boolean isAtRest(Stage stage, SimServer server) {
        return !server.isUp()
                || server.disk().pendingDestinations().isEmpty()
                        && server.disk().rooms().stream()
                                .filter(room -> !room.members(server.name()).isEmpty())
                                .flatMap(room -> room.staged().stream())
                                .allMatch(it -> mayWait(stage, server, it));
    }

    /// What cites events that nobody has may wait for them forever. So may what comes from somebody
    /// who is no honest server, or was put back to an earlier time and knows nothing any more of
    /// those whom he would have to answer; and so may a server that isn't answered, since a room
    /// denies it.
    private static boolean mayWait(Stage stage, SimServer server, StagedEvent event) {
        return stage.orphans().contains(event.id())
                || isDenied(stage, server, event)
                || stage.simulation()
                        .find(event.origin())
                        .filter(sender -> !sender.isRestored())
                        .isEmpty();
    }

    private static boolean isDenied(Stage stage, SimServer server, StagedEvent event) {
        return event.pdu()
                .json()
                .string("room_id")
                .flatMap(RoomId::parse)
                .filter(room -> Denial.isByAny(stage.simulation().servers(), room, server.name()))
                .isPresent();
    }

    private static String unrest(Stage stage) {
        var what = new ArrayList<String>(stage.underWay());
        if (!stage.simulation().time().isQuiet()) {
            what.add("something is still under way");
        }
        for (var server : stage.simulation().servers()) {
            if (isAtRest(stage, server)) {
                continue;
            }
            var destinations = server.disk().pendingDestinations();
            if (!destinations.isEmpty()) {
                what.add(server + " has something to send to " + destinations);
            }
            server.disk()
                    .staged()
                    .forEach(
                            it -> what.add(server + " waits with " + it.id() + ": " + it.reason()));
        }
        return String.join("; ", what);
    }
}
