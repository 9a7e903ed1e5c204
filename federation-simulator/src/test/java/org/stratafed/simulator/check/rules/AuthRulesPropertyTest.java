package org.stratafed.simulator.check.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;
import org.stratafed.server.engine.pdu.auth.CitedAuthEvent;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;
import org.stratafed.simulator.host.MemoizedSignatures;

/// The engine's authorization rules against the text, over events and states of every kind.
class AuthRulesPropertyTest {

    private static final long SEED = 20_261_124;
    private static final int CASES_MIN = 20_000;

    /// By then, even the rarest rule has decided some.
    private static final int CASES_MAX = 100_000;

    private static final String ON_INVITES =
            "%1$s.1.1 %1$s.1.2 %1$s.1.3 %1$s.1.4 %1$s.1.5 %1$s.1.6 %1$s.1.7 %1$s.1.8"
                    + " %1$s.2 %1$s.3 %1$s.4 %1$s.5";

    private static final String ON_MEMBERS_UNTIL_7 =
            "1 2.1 2.2 2.3 2.4 2.5 2.6 "
                    + ON_INVITES.formatted(3)
                    + " 4.1 4.2 4.3 4.4 4.5 5.1 5.2 5.3";

    private static final String ON_MEMBERS_UNTIL_6 = ON_MEMBERS_UNTIL_7 + " 6";
    private static final String ON_MEMBERS_OF_7 = ON_MEMBERS_UNTIL_7 + " 6.1 6.2 6.3 6.4 7";

    private static final String ON_MEMBERS_FROM_8 =
            "1 2.1 3.1 3.2 3.3 3.4 3.5.1 3.5.2 3.5.3 3.6 3.7 "
                    + ON_INVITES.formatted(4)
                    + " 5.1 5.2 5.3 5.4 5.5 6.1 6.2 6.3 7.1 7.2 7.3 7.4 8";

    private static final String ON_POWER_UNTIL_9 = "1 2 3.1 3.2 4.1 5.1 6.1 7.1 8";
    private static final String ON_POWER_OF_10 = "1 2 3 4 5.1 5.2 6.1 7.1 8.1 9.1 10";
    private static final String ON_POWER_OF_12 = "1 2 3 4 5 6.1 6.2 7.1 8.1 9.1 10.1 10";
    private static final String UNTIL_5 =
            "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 2.5 3 4.1 4.2 4.3 6 7.1 8 9";
    private static final String UNTIL_10 = "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 2.5 3 5 6.1 7 8 10";
    private static final String OF_11 = "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5 3 5 6.1 7 8 10";
    private static final String OF_12 = "1.1 1.2 1.3 1.4 1.5 2 3.1 3.2 3.3 3.5 4 6 7.1 8 9 11";

    /// All the numbers of a version's text under which something is allowed or rejected.
    private static List<String> numbers(String version) {
        return switch (version) {
            case "1", "2" ->
                    numbers(
                            UNTIL_5 + " 11.1 11.2 11.3 12",
                            5,
                            ON_MEMBERS_UNTIL_6,
                            10,
                            ON_POWER_UNTIL_9);
            case "3", "4", "5" ->
                    numbers(UNTIL_5 + " 11", 5, ON_MEMBERS_UNTIL_6, 10, ON_POWER_UNTIL_9);
            case "6" -> numbers(UNTIL_10, 4, ON_MEMBERS_UNTIL_6, 9, ON_POWER_UNTIL_9);
            case "7" -> numbers(UNTIL_10, 4, ON_MEMBERS_OF_7, 9, ON_POWER_UNTIL_9);
            case "8", "9" -> numbers(UNTIL_10, 4, ON_MEMBERS_FROM_8, 9, ON_POWER_UNTIL_9);
            case "10" -> numbers(UNTIL_10, 4, ON_MEMBERS_FROM_8, 9, ON_POWER_OF_10);
            case "11" -> numbers(OF_11, 4, ON_MEMBERS_FROM_8, 9, ON_POWER_OF_10);
            case "12" -> numbers(OF_12, 5, ON_MEMBERS_FROM_8, 10, ON_POWER_OF_12);
            default -> throw new IllegalArgumentException(version);
        };
    }

    private static List<String> numbers(
            String top, int members, String onMembers, int power, String onPower) {
        var all = new ArrayList<>(List.of(top.split(" ")));
        Stream.of(onMembers.split(" ")).map(it -> members + "." + it).forEach(all::add);
        Stream.of(onPower.split(" ")).map(it -> power + "." + it).forEach(all::add);
        return all;
    }

    private static final Signatures SIGNATURES =
            new MemoizedSignatures(SignatureProviders.fastest());

    /// That an event is signed by those who have to is found out before the engine's rules are
    /// asked; they only look who they are.
    private static final Proofs PROOFS =
            new Proofs() {
                @Override
                public boolean isSignedBy(Pdu event, ServerName server) {
                    return event.json()
                            .object("signatures")
                            .orElse(JsonObject.empty())
                            .has(server.value());
                }

                @Override
                public boolean isSignedWith(JsonObject signed, String entity, VerifyKey key) {
                    return ServerName.parse(entity)
                            .filter(it -> JsonSigning.verify(signed, it, key, SIGNATURES))
                            .isPresent();
                }
            };

    static List<String> versions() {
        return RoomVersionRules.supported().stream().map(RoomVersion::id).toList();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theEngineAllowsWhatTheTextAllowsAndRejectsByTheSameRule(String version) {
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var slow = new SlowAuthRules(new RoomVersion(version), PROOFS);
        var cases = new RandomCases(version, SEED, SIGNATURES);
        var unseen = new TreeSet<>(numbers(version));
        for (int i = 0; i < CASES_MIN || i < CASES_MAX && !unseen.isEmpty(); i++) {
            var next = cases.next();
            var ruling = slow.check(next.event(), next.authEvents(), state(next));
            unseen.remove(ruling.rule());
            var verdict = engine(rules, next);
            assertThat(isSame(ruling, verdict))
                    .as("%s, and %s by the engine: %s", ruling, verdict, next)
                    .isTrue();
        }
        assertThat(unseen).as("rules that decided none of them").isEmpty();
    }

    private static boolean isSame(Ruling ruling, AuthVerdict verdict) {
        return switch (verdict) {
            case AuthVerdict.Allowed _ -> ruling.isAllowed();
            case Denied(var rule, var _, var _) -> !ruling.isAllowed() && ruling.isNumbered(rule);
        };
    }

    private static RoomState state(RandomCases.Case next) {
        return RoomState.of(next.state());
    }

    /// The engine has the rules on auth events apart from the others, which it asks again.
    private static AuthVerdict engine(RoomVersionRules rules, RandomCases.Case next) {
        var cited =
                next.authEvents().stream()
                        .map(it -> new CitedAuthEvent(it.event(), it.isRejected()))
                        .toList();
        var byState = EventAuthorization.check(rules, next.event(), state(next)::event, SIGNATURES);
        if (rules.roomIdIsCreateHash() && byState instanceof Denied(var rule, var _, var _)) {
            if (rule.equals("2")) {
                return byState;
            }
        }
        var byAuthEvents = EventAuthorization.checkAuthEvents(rules, next.event(), cited);
        return byAuthEvents.isAllowed() ? byState : byAuthEvents;
    }
}
