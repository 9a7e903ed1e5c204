package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with the authorization rules.
public final class AuthFaults {

    private AuthFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "anybody may join",
                                "Joins.check",
                                Allowed.class,
                                10,
                                "as ACCEPTED, which is rejected by 5.3")
                        .in("war/v2.1"),
                planted(
                                "anybody may ban",
                                "Bans.check",
                                Allowed.class,
                                10,
                                "as ACCEPTED, which is rejected by 5.6")
                        .in("war/v2.1"),
                planted(
                                "anybody may kick",
                                "Leaves.check",
                                Allowed.class,
                                10,
                                "as ACCEPTED, which is rejected by 5.5")
                        .in("war/v2.1"),
                planted(
                                "anybody may invite",
                                "Invites.check",
                                Allowed.class,
                                10,
                                "as ACCEPTED, which is rejected by 5.4")
                        .in("war/v2.1"),
                planted(
                                "power levels may be changed at will",
                                "PowerLevelRules.check",
                                Allowed.class,
                                10,
                                "which is rejected by 10")
                        .in("war/v2.1"),
                planted(
                                "no power is needed",
                                "EventAuthorization.checkPowers",
                                Allowed.class,
                                10,
                                "as ACCEPTED, which is rejected by 10")
                        .in("war/v2.1"),
                planted(
                                "every room is open to all",
                                "JoinRule.of",
                                Public.class,
                                10,
                                "as ACCEPTED, which is rejected by 5.3")
                        .in("war/v2.1"),
                planted(
                                "creators are users like others",
                                "Creators.include",
                                Nobody.class,
                                2,
                                "@u:s1 has power 0")
                        .in("war/v2.1"),
                planted(
                        "a membership cites no join rules",
                        "AuthEventSelection.selectForMember",
                        SelectsNothing.class,
                        4,
                        "joins lobby failed"),
                planted(
                                "an event may cite what it likes",
                                "AuthEventsRules.check",
                                Allowed.class,
                                2,
                                "as ACCEPTED, which is rejected by 2")
                        .in("hostile/wrong-auth-events"));
    }

    static final class Allowed {
        static AuthVerdict allowed() {
            return AuthVerdict.ALLOWED;
        }
    }

    static final class Public {
        static JoinRule of() {
            return JoinRule.PUBLIC;
        }
    }

    static final class Nobody {
        static boolean include() {
            return false;
        }
    }

    static final class SelectsNothing {
        static void selectForMember() {}
    }
}
