package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with the authorization rules.
public final class AuthFaults {

    private AuthFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted("anybody may join", "Joins.check", Allowed.class, 60, ""),
                planted("anybody may ban", "Bans.check", Allowed.class, 60, "which is rejected by"),
                planted(
                        "anybody may kick",
                        "Leaves.check",
                        Allowed.class,
                        60,
                        "which is rejected by"),
                planted(
                        "power levels may be changed at will",
                        "PowerLevelRules.check",
                        Allowed.class,
                        60,
                        ""),
                planted(
                        "no power is needed",
                        "EventAuthorization.checkPowers",
                        Allowed.class,
                        60,
                        ""),
                planted(
                        "a membership cites no join rules",
                        "AuthEventSelection.selectForMember",
                        SelectsNothing.class,
                        60,
                        "joins lobby failed"));
    }

    static final class Allowed {
        static AuthVerdict allowed() {
            return AuthVerdict.ALLOWED;
        }
    }

    static final class SelectsNothing {
        static void selectForMember() {}
    }
}
