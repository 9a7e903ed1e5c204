package org.stratafed.server.engine.pdu.room;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
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
                                "AuthorizationChecks.againstStateBefore",
                                Never.class,
                                2,
                                "as ACCEPTED, which is rejected by 5")
                        .in("hostile/ban-evasion"),
                planted(
                                "auth events are not asked",
                                "AuthorizationChecks.againstAuthEvents",
                                Never.class,
                                2,
                                "as ACCEPTED, which is rejected by")
                        .in("hostile/wrong-auth-events"),
                planted(
                                "no event fails softly",
                                "AuthorizationChecks.againstCurrentState",
                                Never.class,
                                10,
                                "in the current state")
                        .in("war/v2.1"),
                planted(
                                "a soft-failed event is a forward extremity",
                                "RoomTransition.writePlaced",
                                ExtendsWithSoftFailed.class,
                                10,
                                "is a forward extremity, though LIVE and SOFT_FAILED")
                        .in("war/v2.1"),
                planted(
                                "a rejected event is a forward extremity",
                                "RoomTransition.writePlaced",
                                ExtendsWithRejected.class,
                                2,
                                "is a forward extremity, though LIVE and REJECTED")
                        .in("hostile/wrong-auth-events"),
                planted(
                                "a rejected event changes the state",
                                "RoomTransition.writePlaced",
                                RejectedCounts.class,
                                2,
                                "a state now that isn't what it should be")
                        .in("hostile/wrong-auth-events"),
                planted(
                        "what is known is decided again",
                        "Receipt.isPlaced",
                        No.class,
                        10,
                        "the event cites events that are not known here"),
                planted(
                        "what was cited stays a forward extremity",
                        "Receipt.comesAfter",
                        Nothing.class,
                        10,
                        "is a forward extremity and comes before another"),
                planted(
                        "one server in the room is left out",
                        "Audience.of",
                        AllButOne.class,
                        20,
                        "has never got"),
                planted(
                                "what is missing behind a refused event is not remembered",
                                "Receipt.leaveOutUnplaced",
                                Forgotten.class,
                                100,
                                "is a forward extremity and comes before another")
                        .in("war/v2.1"),
                planted(
                                "what comes late is news",
                                "Extremities.isLate",
                                No.class,
                                40,
                                "is a forward extremity and comes before another")
                        .in("war/v2.1"),
                planted(
                                "a fork goes on from the newest state",
                                "StateLines.isHead",
                                Yes.class,
                                10,
                                "no step at the head of a line")
                        .in("war/v2.1"),
                planted(
                        "what waits is not kept",
                        "Staging.keep",
                        KeepsNothing.class,
                        20,
                        "took it and knows nothing of it"),
                planted(
                                "of several states the first is taken",
                                "StateBefore.resolve",
                                FirstState.class,
                                10,
                                "a state now that isn't what it should be")
                        .in("war/v2"),
                planted(
                        "an answer before the commit",
                        "RoomLane.enqueue",
                        AnswersFirst.class,
                        10,
                        "joins lobby failed"));
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

    static final class Yes {
        static boolean is() {
            return true;
        }
    }

    static final class Forgotten {
        static void forget() {}
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
                transition.extremities().extend(pdu, pdu.prevEvents(), after);
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
                transition.extremities().extend(pdu, pdu.prevEvents(), after);
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
