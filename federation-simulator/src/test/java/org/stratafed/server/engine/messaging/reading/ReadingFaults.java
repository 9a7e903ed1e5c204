package org.stratafed.server.engine.messaging.reading;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.stratafed.api.layer.messaging.Timeline.MessagesPage;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how users read what was before.
public final class ReadingFaults {

    private ReadingFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "a page of history has one event less",
                                "History.answer",
                                OneLess.class,
                                5,
                                "hasn't read")
                        .in("backfill/late"),
                planted(
                                "history ends where something is missing",
                                "HistoryWalk.isLacking",
                                Never.class,
                                5,
                                "hasn't read")
                        .in("backfill/late"));
    }

    static final class OneLess {
        static MessagesPage answer(@SuperCall Callable<MessagesPage> original) throws Exception {
            var page = original.call();
            var events = page.chunk();
            return new MessagesPage(
                    events.subList(0, Math.max(0, events.size() - 1)),
                    page.start(),
                    page.end(),
                    page.state());
        }
    }

    static final class Never {
        static Uni<Boolean> isLacking() {
            return Uni.createFrom().item(false);
        }
    }
}
