package org.stratafed.server.engine.transport.wire;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how others' answers are read.
public final class WireFaults {

    private WireFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "an answer is waited for without end",
                                "Deadline.hasPassed",
                                Never.class,
                                5,
                                "something is still under way")
                        .in("hostile/slow-answers"));
    }

    static final class Never {
        static boolean hasPassed() {
            return false;
        }
    }
}
