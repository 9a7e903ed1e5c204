package org.stratafed.server.engine.transport.keys;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with the keys of other servers.
public final class KeyFaults {

    private KeyFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "a server is asked for its keys once",
                        "KnownKeys.isAskable",
                        Never.class,
                        60,
                        "has something to send to"),
                planted(
                        "a key that is not known is not asked for",
                        "KnownKeys.isWorthAsking",
                        OnlyIfEmpty.class,
                        60,
                        "has something to send to"));
    }

    static final class Never {
        static boolean isAskable(@This KnownKeys keys) {
            return keys.isEmpty();
        }
    }

    static final class OnlyIfEmpty {
        static boolean isWorthAsking(@This KnownKeys keys) {
            return keys.isEmpty();
        }
    }
}
