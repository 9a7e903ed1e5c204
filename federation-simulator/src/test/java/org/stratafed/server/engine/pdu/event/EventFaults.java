package org.stratafed.server.engine.pdu.event;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import java.util.Optional;
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
                        200,
                        ""),
                planted(
                        "content hashes are not compared",
                        "ContentHash.matches",
                        Yes.class,
                        200,
                        ""),
                planted("any object is an event", "EventFormat.check", Nothing.class, 200, ""));
    }

    static final class Nothing {
        static Optional<String> nothing() {
            return Optional.empty();
        }
    }

    static final class Yes {
        static boolean matches() {
            return true;
        }
    }
}
