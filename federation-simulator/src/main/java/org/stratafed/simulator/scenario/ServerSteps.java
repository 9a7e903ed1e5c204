package org.stratafed.simulator.scenario;

import java.time.Duration;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.SimServer;

/// What happens to a server, and what it does to others.
public interface ServerSteps extends AtServer {

    default When crashes() {
        return new Doing(at("it crashes"), stage -> stage.crash(stage.server(server())));
    }

    default When restarts() {
        return new Doing(at("it restarts"), stage -> stage.server(server()).start());
    }

    /// It signs with another key from its next start on.
    default When changesItsKey() {
        return new Doing(at("it changes its key"), stage -> stage.server(server()).rotateKey());
    }

    /// At a moment of the seed's choice, for so long.
    default When crashesWithin(Duration within, Duration downFor) {
        return new Doing(
                at("it crashes within " + within + " and is back after " + downFor),
                stage -> {
                    var random = stage.simulation().random().split(server() + " " + stage.now());
                    var moment = Duration.ofNanos(random.nextLong(within.toNanos()));
                    stage.later(moment, () -> crashIfUp(stage, downFor));
                });
    }

    private void crashIfUp(Stage stage, Duration downFor) {
        var it = stage.server(server());
        if (it.isUp()) {
            stage.crash(it);
            stage.later(downFor, () -> startIfDown(it));
        }
    }

    private static void startIfDown(SimServer server) {
        if (!server.isUp()) {
            server.start();
        }
    }

    /// Sends the last transaction that the other took once more, byte for byte, and is to get the
    /// very same answer.
    default When resendsTo(String other) {
        return new Doing(
                at("it sends its last transaction to " + other + " again"),
                stage -> new Courier(stage, stage.server(server())).resend(stage.server(other)));
    }

    /// Sends an event that it has in a new transaction of its own.
    default When relays(String text, String other) {
        return new Doing(
                at("it sends \"" + text + "\" to " + other + " on its own account"),
                stage -> {
                    var it = stage.server(server());
                    var event = Sights.find(it, text).getFirst().pdu();
                    new Courier(stage, it).send(stage.server(other), event);
                });
    }

    /// Sends an event that cites events which nobody has.
    default When sendsOrphan(String user, String text, String other) {
        return new Doing(
                at("it sends an orphan \"" + text + "\" to " + other),
                stage -> {
                    var it = stage.server(server());
                    var orphan = new Orphan(stage, it).event(new UserId(user), text);
                    new Courier(stage, it).send(stage.server(other), orphan);
                });
    }
}
