package org.stratafed.server.engine.messaging.sync;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how users follow their rooms.
public final class SyncFaults {

    private SyncFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "nobody is woken",
                        "WakeUps.onTimeline",
                        Sleeps.class,
                        200,
                        "is not told what is new"),
                planted(
                                "a timeline passes over gaps",
                                "TimelineCut.afterLastGap",
                                NoGap.class,
                                8,
                                "is not told that something is missing")
                        .in("following/gap"),
                planted(
                                "a timeline is always whole",
                                "TimelineCut.of",
                                NeverLimited.class,
                                8,
                                "is not told that something is missing")
                        .in("following/crash"),
                planted(
                        "the state before a timeline is not told",
                        "StateDelta.all",
                        Nothing.class,
                        200,
                        "has not been told of the state"));
    }

    static final class Sleeps {
        static void onTimeline() {}
    }

    static final class NoGap {
        static int after() {
            return 0;
        }
    }

    static final class NeverLimited {
        static TimelineCut of(@SuperCall Callable<TimelineCut> original) throws Exception {
            var cut = original.call();
            return new TimelineCut(cut.events(), false, cut.prevBatch());
        }
    }

    static final class Nothing {
        static SequencedMap<StateKeyTuple, EventId> all() {
            return new LinkedHashMap<>();
        }
    }
}
