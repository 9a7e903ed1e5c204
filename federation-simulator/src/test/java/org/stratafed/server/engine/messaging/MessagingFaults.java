package org.stratafed.server.engine.messaging;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with what the rest of a homeserver is shown.
public final class MessagingFaults {

    private MessagingFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "events are shown twice",
                        "LocalTimeline.after",
                        FromOneBefore.class,
                        200,
                        "twice"),
                planted(
                        "the last event is not shown",
                        "LocalTimeline.after",
                        AllButLast.class,
                        200,
                        "has not shown"));
    }

    static final class FromOneBefore {
        private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

        static Uni<List<TimelineEvent>> after(
                @This LocalTimeline timeline,
                @Argument(0) long position,
                @Argument(1) int max,
                @SuperCall Callable<Uni<List<TimelineEvent>>> original)
                throws Exception {
            if (INSIDE.get() || position == 0) {
                return original.call();
            }
            INSIDE.set(true);
            try {
                return timeline.after(position - 1, max);
            } finally {
                INSIDE.set(false);
            }
        }
    }

    static final class AllButLast {
        static Uni<List<TimelineEvent>> after(
                @SuperCall Callable<Uni<List<TimelineEvent>>> original) throws Exception {
            return original.call()
                    .map(
                            events ->
                                    events.isEmpty()
                                            ? events
                                            : events.subList(0, events.size() - 1));
        }
    }
}
