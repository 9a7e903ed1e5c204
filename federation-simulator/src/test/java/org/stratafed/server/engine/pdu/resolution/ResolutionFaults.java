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
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with state resolution.
public final class ResolutionFaults {

    private ResolutionFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "a tie among power events is broken the other way",
                        "PowerOrdering.sorted",
                        LastFirst.class,
                        60,
                        ""),
                planted(
                        "the mainline is walked the other way",
                        "MainlineOrdering.sorted",
                        LastFirst.class,
                        60,
                        ""),
                planted(
                        "no event is a power event",
                        "PowerOrdering.powerEvents",
                        None.class,
                        60,
                        ""),
                planted(
                        "the auth difference is left out",
                        "AuthDifference.beyond",
                        NoEvents.class,
                        60,
                        ""),
                planted(
                        "the conflicted subgraph is left out",
                        "ConflictedSubgraph.of",
                        NoEvents.class,
                        60,
                        ""),
                planted(
                        "what is replayed is not checked",
                        "IterativeAuthChecks.stateFor",
                        CitedOnly.class,
                        60,
                        ""),
                planted(
                        "what was never in dispute is lost",
                        "ReplayedState.under",
                        OnlyWhatWasSet.class,
                        60,
                        ""));
    }

    static final class LastFirst {
        static List<Pdu> sorted(@SuperCall Callable<List<Pdu>> original) throws Exception {
            return new ArrayList<>(original.call()).reversed();
        }
    }

    static final class None {
        static List<EventId> none() {
            return List.of();
        }
    }

    static final class NoEvents {
        static SequencedSet<EventId> none() {
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
