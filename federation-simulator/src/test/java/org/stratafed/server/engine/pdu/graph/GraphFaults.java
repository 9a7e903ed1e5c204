package org.stratafed.server.engine.pdu.graph;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how missing events are got.
public final class GraphFaults {

    private GraphFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "what waits is never fetched",
                        "Gaps.wake",
                        DoesNothing.class,
                        200,
                        "waits with"),
                planted(
                                "what can't be had is not tried again",
                                "Gaps.retryLater",
                                DoesNothing.class,
                                5,
                                "\"tip\" arrives")
                        .in("missing-pdu/broken-off"),
                planted(
                        "a gap is fetched one level only",
                        "GapFilling.next",
                        OneStep.class,
                        200,
                        "waits with"),
                planted(
                                "after a restart nothing is taken up",
                                "Gaps.resume",
                                DoesNothing.class,
                                5,
                                "\"tip\" arrives")
                        .in("missing-pdu/restart"),
                planted(
                                "whatever a peer answers is taken for an answer",
                                "Ancestors.of",
                                EverythingSaid.class,
                                5,
                                "as REJECTED, which is allowed by")
                        .in("hostile/unrelated-events"),
                planted(
                                "history is backfilled from nobody",
                                "Backfilling.firstThatBrings",
                                BringsNothing.class,
                                5,
                                "hasn't read")
                        .in("backfill/late"),
                planted(
                                "only the first server is asked",
                                "PeersOfRoom.inOrder",
                                FirstOnly.class,
                                5,
                                "hasn't read")
                        .in("backfill/unanswered"));
    }

    static final class DoesNothing {
        static void nothing() {}
    }

    static final class OneStep {
        private static final Set<Object> STEPPED =
                Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

        static void next(@This GapFilling filling, @SuperCall Callable<Void> original)
                throws Exception {
            if (STEPPED.add(filling)) {
                original.call();
            }
        }
    }

    static final class EverythingSaid {
        static List<Pdu> of(@Argument(2) List<Pdu> answer) {
            return answer;
        }
    }

    static final class BringsNothing {
        static Uni<Integer> none() {
            return Uni.createFrom().item(0);
        }
    }

    static final class FirstOnly {
        static Uni<List<ServerName>> inOrder(@SuperCall Callable<Uni<List<ServerName>>> original)
                throws Exception {
            return original.call()
                    .map(servers -> new ArrayList<>(servers.stream().limit(1).toList()));
        }
    }
}
