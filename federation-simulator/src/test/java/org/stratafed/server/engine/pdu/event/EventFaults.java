package org.stratafed.server.engine.pdu.event;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import java.util.Optional;
import net.bytebuddy.implementation.bind.annotation.Argument;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with the checks of an event on its own.
public final class EventFaults {

    private EventFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "signatures are not verified",
                                "EventSignatures.check",
                                Nothing.class,
                                2,
                                "which its sender's server did not sign")
                        .in("hostile/forged-sender"),
                planted(
                                "content hashes are not compared",
                                "ContentHash.matches",
                                Yes.class,
                                2,
                                "whose content was tampered with")
                        .in("hostile/wrong-hash"),
                planted(
                                "any number is one",
                                "EventFormat.numbers",
                                Nothing.class,
                                2,
                                "has a depth below 0")
                        .in("hostile/depth-beyond"),
                planted(
                                "events cite as many others as they like",
                                "EventFormat.tooMany",
                                Nothing.class,
                                2,
                                "over 20")
                        .in("hostile/fan-in"),
                planted(
                        "signatures cover what redaction takes away",
                        "SignedPart.bytes",
                        AllOfIt.class,
                        2,
                        "which its sender's server did not sign"),
                planted(
                        "nothing is redacted",
                        "Redaction.redact",
                        AsItIs.class,
                        2,
                        "which its sender's server did not sign"));
    }

    static final class Nothing {
        static Optional<String> nothing() {
            return Optional.empty();
        }
    }

    static final class AllOfIt {
        static byte[] bytes(@Argument(1) JsonObject event) {
            return CanonicalJson.encode(event.without("unsigned", "signatures"));
        }
    }

    static final class AsItIs {
        static JsonObject redact(@Argument(1) JsonObject event) {
            return event;
        }
    }

    static final class Yes {
        static boolean matches() {
            return true;
        }
    }
}
