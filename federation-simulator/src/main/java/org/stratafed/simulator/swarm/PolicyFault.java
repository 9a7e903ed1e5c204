package org.stratafed.simulator.swarm;

import java.time.Duration;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.policy.GuardedRoom;
import org.stratafed.simulator.policy.PolicyMood;
import org.stratafed.simulator.policy.PolicyPeer;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Words;

/// What can be wrong with a room's policy server, for up to three minutes. It happens to nobody
/// where the room has none.
public enum PolicyFault implements Trouble {
    POLICY_SLOW(PolicyMood.SLOW),
    POLICY_SILENT(PolicyMood.SILENT),
    POLICY_FAILING(PolicyMood.FAILING),
    POLICY_GARBLED(PolicyMood.GARBLED),
    POLICY_REKEYED(PolicyMood.REKEYED);

    private static final Duration TIME_MAX = Duration.ofMinutes(3);

    private final PolicyMood mood;

    PolicyFault(PolicyMood mood) {
        this.mood = mood;
    }

    @Override
    public String title() {
        return "fault/" + Words.of(this);
    }

    @Override
    public boolean strike(Stage stage, SimRandom random) {
        var peer = GuardedRoom.peer(stage);
        peer.ifPresent(it -> strike(stage, random, it));
        return peer.isPresent();
    }

    private void strike(Stage stage, SimRandom random, PolicyPeer peer) {
        peer.is(mood);
        stage.later(
                Duration.ofNanos(random.nextLong(TIME_MAX.toNanos())),
                () -> peer.is(PolicyMood.WELL));
    }
}
