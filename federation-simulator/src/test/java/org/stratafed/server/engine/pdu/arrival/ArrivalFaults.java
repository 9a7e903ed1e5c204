package org.stratafed.server.engine.pdu.arrival;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with taking in a room that is sent.
public final class ArrivalFaults {

    private ArrivalFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "the events of a room to join are taken in the order they came",
                        "InOrder.cited",
                        CitesNothing.class,
                        10,
                        "the auth events of the join don't stand"));
    }

    static final class CitesNothing {
        static SequencedSet<EventId> cited() {
            return new LinkedHashSet<>();
        }
    }
}
