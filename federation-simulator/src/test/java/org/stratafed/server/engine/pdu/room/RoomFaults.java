package org.stratafed.server.engine.pdu.room;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how a room decides.
public final class RoomFaults {

    private RoomFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "state before is not asked",
                        "Receipt.againstStateBefore",
                        Never.class,
                        40,
                        ""),
                planted(
                        "auth events are not asked",
                        "Receipt.againstAuthEvents",
                        Never.class,
                        40,
                        ""),
                planted(
                        "no event fails softly",
                        "Receipt.againstCurrentState",
                        Never.class,
                        40,
                        ""),
                planted(
                        "a soft-failed event is a forward extremity",
                        "RoomTransition.writePlaced",
                        ExtendsWithSoftFailed.class,
                        40,
                        "is a forward extremity"),
                planted(
                        "a rejected event is a forward extremity",
                        "RoomTransition.writePlaced",
                        ExtendsWithRejected.class,
                        40,
                        ""),
                planted(
                        "a rejected event changes the state",
                        "RoomTransition.writePlaced",
                        RejectedCounts.class,
                        40,
                        ""),
                planted(
                        "what is known is decided again",
                        "Receipt.isPlaced",
                        No.class,
                        40,
                        "failed"),
                planted(
                        "what was cited stays a forward extremity",
                        "Receipt.comesAfter",
                        Nothing.class,
                        40,
                        "at s1, ["),
                planted(
                        "the server of who is invited or kicked is not told",
                        "Audience.of",
                        MembersOnly.class,
                        40,
                        ""),
                planted(
                        "one server in the room is left out",
                        "Audience.of",
                        AllButOne.class,
                        40,
                        "has never got"),
                planted(
                        "events are taken in the order they came",
                        "TopologicalOrder.byPrevEvents",
                        AsTheyCame.class,
                        40,
                        ""),
                planted(
                        "what waits is not kept",
                        "RoomTransition.keep",
                        KeepsNothing.class,
                        40,
                        "has lost it"),
                planted(
                        "of several states the first is taken",
                        "StateBefore.resolve",
                        FirstState.class,
                        40,
                        "a state now that isn't what it should be"),
                planted(
                        "a client's retry makes another event",
                        "RoomTransition.madeEarlier",
                        NeverMade.class,
                        40,
                        ""),
                planted(
                        "an answer before the commit",
                        "RoomLane.enqueue",
                        AnswersFirst.class,
                        40,
                        "failed"));
    }

    static final class Never {
        static Optional<Refusal> against() {
            return Optional.empty();
        }
    }

    static final class No {
        static boolean is() {
            return false;
        }
    }

    static final class Nothing {
        static SequencedSet<EventId> of() {
            return new LinkedHashSet<>();
        }
    }

    static final class ExtendsWithSoftFailed {
        static void write(
                @This RoomTransition transition,
                @Argument(0) Pdu pdu,
                @Argument(1) EventStatus status,
                @Argument(5) StatePoint after,
                @SuperCall Callable<Void> original)
                throws Exception {
            original.call();
            if (status == EventStatus.SOFT_FAILED) {
                transition.extend(pdu, pdu.prevEvents(), after);
            }
        }
    }

    static final class ExtendsWithRejected {
        static void write(
                @This RoomTransition transition,
                @Argument(0) Pdu pdu,
                @Argument(1) EventStatus status,
                @Argument(5) StatePoint after,
                @SuperCall Callable<Void> original)
                throws Exception {
            original.call();
            if (status == EventStatus.REJECTED) {
                transition.extend(pdu, pdu.prevEvents(), after);
            }
        }
    }

    static final class RejectedCounts {
        static void write(
                @This RoomTransition transition,
                @Argument(0) Pdu pdu,
                @Argument(1) EventStatus status,
                @Argument(4) StatePoint before,
                @SuperCall Callable<Void> original)
                throws Exception {
            original.call();
            if (status == EventStatus.REJECTED && pdu.isState()) {
                transition.moveCurrent(
                        transition.lines().with(before, pdu.stateTuple().orElseThrow(), pdu.id()));
            }
        }
    }

    static final class MembersOnly {
        static SequencedSet<ServerName> of(
                @Argument(0) RoomTransition transition,
                @Argument(2) LocalServer server,
                @Argument(3) ServerName origin) {
            var servers = new LinkedHashSet<>(transition.residents());
            servers.remove(server.name());
            servers.remove(origin);
            return servers;
        }
    }

    static final class AllButOne {
        static SequencedSet<ServerName> of(@SuperCall Callable<SequencedSet<ServerName>> original)
                throws Exception {
            var servers = new LinkedHashSet<>(original.call());
            if (servers.size() > 1) {
                servers.removeLast();
            }
            return servers;
        }
    }

    static final class AsTheyCame {
        static List<Pdu> by(@Argument(0) Collection<Pdu> events) {
            return new ArrayList<>(events).reversed();
        }
    }

    static final class KeepsNothing {
        static PduOutcome keep(
                @Argument(0) StagedEvent event, @Argument(1) PduOutcome.Deferred until) {
            return until;
        }
    }

    static final class FirstState {
        static StateMap resolve(@Argument(0) List<StateMap> states) {
            return states.getFirst();
        }
    }

    static final class NeverMade {
        static Optional<EventId> made() {
            return Optional.empty();
        }
    }

    static final class AnswersFirst {
        static Uni<?> enqueue(
                @Argument(0) Decision<?> decision, @SuperCall Callable<Uni<?>> original)
                throws Exception {
            var done = original.call();
            done.subscribe().with(_ -> {}, _ -> {});
            return decision instanceof ReceiveEvents received
                    ? Uni.createFrom().item(allAccepted(received))
                    : done;
        }

        private static Object allAccepted(ReceiveEvents received) {
            var outcomes = new LinkedHashMap<EventId, PduOutcome>();
            received.events().forEach(event -> outcomes.put(event.id(), new PduOutcome.Accepted()));
            return outcomes;
        }
    }
}
