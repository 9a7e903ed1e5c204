package org.stratafed.server.engine.pdu.approval;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how policy servers are asked.
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
                        .in("policy/unsigned"));
    }

    static final class Nobody {
        static void asks() {}
    }
}
