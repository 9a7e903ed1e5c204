package org.stratafed.simulator.check;

import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.host.Violations;

/// In the end, no queue is stuck: nothing is left to be sent to a server that is there.
final class NothingLeftToSend implements Observer {

    private final Violations violations;

    NothingLeftToSend(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onEnd(Simulation simulation) {
        for (var server : simulation.servers()) {
            for (var destination : server.disk().pendingDestinations()) {
                if (simulation.find(destination).isPresent()) {
                    violations.add(server + " still has something to send to " + destination);
                }
            }
        }
    }
}
