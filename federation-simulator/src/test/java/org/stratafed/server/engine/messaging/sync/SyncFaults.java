package org.stratafed.server.engine.messaging.sync;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how users follow their rooms.
public final class SyncFaults {

    private SyncFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted("nobody is woken", "WakeUps.onTimeline", Sleeps.class, 40, ""),
                planted(
                        "a timeline passes over gaps",
                        "TimelineCut.afterLastGap",
                        NoGap.class,
                        40,
                        ""));
    }

    static final class Sleeps {
        static void onTimeline() {}
    }

    static final class NoGap {
        static int after() {
            return 0;
        }
    }
}
