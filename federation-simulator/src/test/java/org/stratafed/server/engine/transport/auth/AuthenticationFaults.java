package org.stratafed.server.engine.transport.auth;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how requests are authenticated.
public final class AuthenticationFaults {

    private AuthenticationFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "whoever says to be a server is it",
                                "RequestAuthenticator.prove",
                                Believes.class,
                                5,
                                "took a request: it is in")
                        .in("hostile/forged-origin"));
    }

    static final class Believes {
        static void prove() {}
    }
}
