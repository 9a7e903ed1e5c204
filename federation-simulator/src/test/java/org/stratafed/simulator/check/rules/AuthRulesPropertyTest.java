package org.stratafed.simulator.check.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
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
    private static final int CASES = 15_000;

    /// So many that even the rarest rule decides some.
    private static final int CASES_WITH_ALL_RULES = 60_000;

    private static final String OF_MEMBERS =
            "1 2.1 3.1 3.2 3.3 3.4 3.5.1 3.5.2 3.5.3 3.6 3.7"
                    + " 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.1.7 4.1.8 4.2 4.3 4.4 4.5"
                    + " 5.1 5.2 5.3 5.4 5.5 6.1 6.2 6.3 7.1 7.2 7.3 7.4 8";

    /// Of some versions, all the numbers of a text under which something is allowed or rejected.
    private static final Map<String, List<String>> RULES =
            new TreeMap<>(
                    Map.of(
                            "10",
                            rules(
                                    "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 2.5 3 5 6.1 7 8 10",
                                    "4",
                                    "9.1 9.2 9.3 9.4 9.5.1 9.5.2 9.6.1 9.7.1 9.8.1 9.9.1 9.10"),
                            "11",
                            rules(
                                    "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4 2.5 3 5 6.1 7 8 10",
                                    "4",
                                    "9.1 9.2 9.3 9.4 9.5.1 9.5.2 9.6.1 9.7.1 9.8.1 9.9.1 9.10"),
                            "12",
                            rules(
                                    "1.1 1.2 1.3 1.4 1.5 2 3.1 3.2 3.3 3.5 4 6 7.1 8 9 11",
                                    "5",
                                    "10.1 10.2 10.3 10.4 10.5 10.6.1 10.6.2 10.7.1 10.8.1 10.9.1"
                                            + " 10.10.1 10.10")));

    private static List<String> rules(String rules, String members, String powerLevels) {
        var all = new ArrayList<>(List.of((rules + " " + powerLevels).split(" ")));
        for (var rule : OF_MEMBERS.split(" ")) {
            all.add(members + "." + rule);
        }
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
        return RoomVersionRules.supported().stream()
                .filter(SlowAuthRules::areKnown)
                .map(RoomVersion::id)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theEngineAllowsWhatTheTextAllowsAndRejectsByTheSameRule(String version) {
        var rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var slow = new SlowAuthRules(new RoomVersion(version), PROOFS);
        var cases = new RandomCases(version, SEED, SIGNATURES);
        int count = RULES.containsKey(version) ? CASES_WITH_ALL_RULES : CASES;
        SequencedMap<String, Integer> rulings = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            var next = cases.next();
            var ruling = slow.check(next.event(), next.authEvents(), state(next));
            rulings.merge(ruling.rule(), 1, Integer::sum);
            var verdict = engine(rules, next);
            assertThat(isSame(ruling, verdict))
                    .as("%s, and %s by the engine: %s", ruling, verdict, next)
                    .isTrue();
        }
        assertThat(rulings.keySet())
                .as("rules that decided at least one case")
                .containsAll(RULES.getOrDefault(version, List.of()));
    }

    private static boolean isSame(Ruling ruling, AuthVerdict verdict) {
        return switch (verdict) {
            case AuthVerdict.Allowed _ -> ruling.isAllowed();
            case Denied(var rule, var _) -> !ruling.isAllowed() && isSame(ruling.rule(), rule);
        };
    }

    /// The engine takes what the text doesn't have for a part of the rule on `m.federate`.
    private static boolean isSame(String rule, String engines) {
        return rule.endsWith("." + MemberBlock.FOREIGN_TARGET) || rule.equals(engines);
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
        if (rules.roomIdIsCreateHash() && byState instanceof Denied(var rule, var _)) {
            if (rule.equals("2")) {
                return byState;
            }
        }
        var byAuthEvents = EventAuthorization.checkAuthEvents(rules, next.event(), cited);
        return byAuthEvents.isAllowed() ? byState : byAuthEvents;
    }
}
