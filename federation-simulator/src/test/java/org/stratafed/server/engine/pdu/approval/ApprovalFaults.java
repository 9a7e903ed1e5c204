package org.stratafed.server.engine.pdu.approval;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.EventId;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how our own events are made and policy servers asked about events.
public final class ApprovalFaults {

    private ApprovalFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "nobody asks about what others did not have signed",
                                "UnsignedEvents.onUnsigned",
                                Nobody.class,
                                2,
                                "POLICY")
                        .in("policy/unsigned"),
                planted(
                                "a client's retry makes another event",
                                "OwnEvents.madeEarlier",
                                NeverMade.class,
                                2,
                                "\"hello\" was shown")
                        .in("deduplication/client"));
    }

    static final class Nobody {
        static void asks() {}
    }

    static final class NeverMade {
        static Uni<Optional<EventId>> made() {
            return Uni.createFrom().item(Optional.empty());
        }
    }
}
