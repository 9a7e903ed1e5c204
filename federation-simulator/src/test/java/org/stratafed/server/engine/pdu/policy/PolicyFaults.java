package org.stratafed.server.engine.pdu.policy;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import net.bytebuddy.implementation.bind.annotation.Argument;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with what a policy server says of events.
public final class PolicyFaults {

    private PolicyFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "a policy server's signature is not verified",
                                "PolicyServer.hasSigned",
                                Yes.class,
                                2,
                                "which the room's policy server did not sign")
                        .in("policy/everyday"),
                planted(
                                "a policy server's signature takes the place of all others",
                                "PolicyServer.withSignature",
                                Alone.class,
                                2,
                                "which its sender's server did not sign")
                        .in("policy/everyday"),
                planted(
                                "a policy server is asked who is to be it",
                                "PolicyServer.isExempt",
                                No.class,
                                2,
                                "asked who is to be policy server")
                        .in("policy/everyday"));
    }

    static final class Yes {
        static boolean yes() {
            return true;
        }
    }

    static final class No {
        static boolean no() {
            return false;
        }
    }

    static final class Alone {
        static Pdu alone(
                @Argument(0) RoomVersionRules rules,
                @Argument(1) Pdu event,
                @Argument(2) PolicyAnswer.Signature signature) {
            var without = event.json().with("signatures", JsonObject.empty());
            return EventParser.event(
                    rules,
                    JsonSigning.withSignature(
                            without, signature.by(), PolicyServer.KEY_ID, signature.base64()));
        }
    }
}
