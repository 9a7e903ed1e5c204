package org.stratafed.server.engine.pdu.resolution;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.Argument;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.pdu.auth.Power;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with state resolution.
public final class ResolutionFaults {

    private static final String WRONG_STATE = "a state now that isn't what it should be";

    private ResolutionFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "a tie among power events is broken the other way",
                                "PowerOrdering.sorted",
                                LastFirst.class,
                                10,
                                WRONG_STATE)
                        .in("war/v2"),
                planted(
                                "power events are in the order of their time",
                                "SenderPower.of",
                                NoPower.class,
                                20,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "no event is a power event",
                                "PowerOrdering.powerEvents",
                                None.class,
                                20,
                                WRONG_STATE)
                        .in("war/v2"),
                planted(
                                "a ban is no power event",
                                "PowerEvents.isRemovalOfAnother",
                                No.class,
                                10,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "what power events rest on comes later",
                                "PowerOrdering.withCited",
                                OnlyThose.class,
                                20,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "the mainline is walked the other way",
                                "MainlineOrdering.sorted",
                                LastFirst.class,
                                20,
                                WRONG_STATE)
                        .in("war/v2"),
                planted(
                                "all is equally far down the mainline",
                                "MainlineOrdering.position",
                                Nowhere.class,
                                100,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "the auth difference is left out",
                                "AuthDifference.belowSomeButNotAll",
                                NoEvents.class,
                                150,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "the conflicted subgraph is left out",
                                "ConflictedSubgraph.of",
                                NoEvents.class,
                                100,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "what is replayed is not checked",
                                "IterativeAuthChecks.stateFor",
                                CitedOnly.class,
                                10,
                                WRONG_STATE)
                        .in("war/v2.1"),
                planted(
                                "what was never in dispute is lost",
                                "ReplayedState.under",
                                OnlyWhatWasSet.class,
                                10,
                                WRONG_STATE)
                        .in("war/v2"),
                planted(
                                "in version 1 the deepest comes first",
                                "DepthOrdering.sorted",
                                LastFirst.class,
                                10,
                                WRONG_STATE)
                        .in("war/v1"),
                planted(
                                "in version 1 whatever is deepest stands",
                                "DepthResolution.lastInARow",
                                Last.class,
                                10,
                                WRONG_STATE)
                        .in("war/v1"));
    }

    static final class LastFirst {
        static List<Pdu> sorted(@SuperCall Callable<List<Pdu>> original) throws Exception {
            return new ArrayList<>(original.call()).reversed();
        }
    }

    static final class NoPower {
        static Power of() {
            return Power.ZERO;
        }
    }

    static final class No {
        static boolean is() {
            return false;
        }
    }

    static final class OnlyThose {
        static SequencedSet<EventId> with(@Argument(0) List<EventId> events) {
            return new LinkedHashSet<>(events);
        }
    }

    static final class Nowhere {
        static int position() {
            return 0;
        }
    }

    static final class Last {
        static Pdu last(@Argument(0) List<Pdu> events) {
            return events.getLast();
        }
    }

    static final class None {
        static List<EventId> none() {
            return List.of();
        }
    }

    static final class NoEvents {
        static LinkedHashSet<EventId> none() {
            return new LinkedHashSet<>();
        }
    }

    static final class CitedOnly {
        static Optional<Pdu> stateFor() {
            return Optional.empty();
        }
    }

    static final class OnlyWhatWasSet {
        static StateMap under(@SuperCall Callable<StateMap> original, @Argument(0) StateMap other)
                throws Exception {
            var first = new ArrayList<StateKeyTuple>();
            other.forEach((key, _) -> first.add(key));
            return first.isEmpty() ? original.call() : original.call().without(first.getLast());
        }
    }
}
