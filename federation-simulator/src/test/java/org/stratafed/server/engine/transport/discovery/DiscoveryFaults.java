package org.stratafed.server.engine.transport.discovery;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.time.Duration;
import java.util.List;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how servers are found.
public final class DiscoveryFaults {

    private DiscoveryFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "a host that did not answer is looked for elsewhere, for days",
                        "WellKnownFetch.failed",
                        ToNowhere.class,
                        200,
                        "has something to send to"));
    }

    static final class ToNowhere {
        static Delegation failed() {
            return new Delegation.To(new ServerName("nowhere"), Duration.ofDays(2));
        }
    }
}
