package org.stratafed.simulator.swarm;

import java.util.Arrays;
import java.util.stream.Stream;
import org.stratafed.simulator.hostile.HostileBehaviour;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;

/// A hostile server that joins the room and does what it likes. It is counted when it does: the
/// network may be broken, so that it doesn't get in.
record HostileTrouble(HostileBehaviour behaviour) implements Trouble {

    static Stream<Trouble> all() {
        return Arrays.stream(HostileBehaviour.values()).map(HostileTrouble::new);
    }

    @Override
    public String title() {
        return behaviour.title();
    }

    @Override
    public boolean strike(Stage stage, SimRandom random) {
        behaviour.strike(stage, random);
        return false;
    }
}
