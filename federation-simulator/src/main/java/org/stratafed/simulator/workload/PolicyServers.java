package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.api.model.event.EventStatus.ACCEPTED;
import static org.stratafed.api.model.event.EventStatus.SOFT_FAILED;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.policy.GuardedRoom;
import org.stratafed.simulator.policy.PolicyMood;
import org.stratafed.simulator.policy.PolicySteps;
import org.stratafed.simulator.scenario.Scenario;

/// Rooms that a policy server looks after, and how that can be.
final class PolicyServers {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private PolicyServers() {}

    static List<Scenario> scenarios() {
        return List.of(everyday(), away(), late(), unheardOf());
    }

    private static GuardedRoom guarded() {
        return new GuardedRoom("lobby", new UserId(ALICE));
    }

    private static Scenario everyday() {
        return scenario("a policy server lets some things pass and others not")
                .named("policy/everyday")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB), guarded())
                .when(
                        at("alpha").says(ALICE, "hello"),
                        at("beta").says(BOB, "hello alice"),
                        at("beta").isNotHeard(BOB, "spam, spam and spam"),
                        at("gamma").joins(CAROL, "beta"),
                        at("gamma").says(CAROL, "hello you two"),
                        at("alpha").kicks(ALICE, BOB),
                        at("alpha").invites(ALICE, BOB),
                        at("beta").joins(BOB, "gamma"),
                        everythingSettles(),
                        PolicySteps.chosenAgain("lobby", ALICE),
                        everythingSettles(),
                        at("beta").says(BOB, "thank you"))
                .then(
                        at("alpha").sees("hello alice", ACCEPTED),
                        at("alpha").sees("hello you two", ACCEPTED),
                        everyServerSees("thank you"),
                        at("alpha").doesNotSee("spam, spam and spam"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario away() {
        return scenario("nobody says anything while the policy server is away")
                .named("policy/away")
                .given(servers("alpha", "beta"), room("lobby", ALICE, BOB), guarded())
                .when(
                        at("alpha").says(ALICE, "hello"),
                        PolicySteps.policyServerIs(PolicyMood.SILENT),
                        at("beta").isNotHeard(BOB, "anybody?"),
                        PolicySteps.policyServerIs(PolicyMood.FAILING),
                        at("beta").isNotHeard(BOB, "nobody?"),
                        PolicySteps.policyServerIs(PolicyMood.GARBLED),
                        at("beta").isNotHeard(BOB, "what?"),
                        PolicySteps.policyServerIs(PolicyMood.REKEYED),
                        at("beta").isNotHeard(BOB, "who?"),
                        PolicySteps.policyServerIs(PolicyMood.SLOW),
                        at("beta").says(BOB, "at last"))
                .then(everyServerSees("at last"), everyServerAgreesOn("lobby"));
    }

    /// Beta does not know yet that there is one. What it sends is asked about by who does.
    private static Scenario late() {
        return scenario("somebody speaks who has not heard of the policy server")
                .named("policy/unsigned")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "beta"),
                        partitioned("beta", "gamma"))
                .when(
                        PolicySteps.chosen("lobby", ALICE),
                        at("beta").says(BOB, "hello"),
                        at("beta").says(BOB, "spam"),
                        at("beta").says(BOB, "and more"),
                        after(ofMinutes(1)),
                        healed("alpha", "beta"),
                        healed("beta", "gamma"),
                        everythingSettles(),
                        at("alpha").says(ALICE, "listen"),
                        everythingSettles())
                .then(
                        at("alpha").sees("hello", ACCEPTED),
                        at("gamma").sees("hello", ACCEPTED),
                        at("alpha").sees("spam", SOFT_FAILED),
                        at("gamma").sees("spam", SOFT_FAILED),
                        at("beta").sees("spam", ACCEPTED),
                        everyServerSees("and more"),
                        everyServerAgreesOn("lobby"));
    }

    /// The same, and nobody can ask: it fails softly, and the room goes on when it can.
    private static Scenario unheardOf() {
        return scenario("somebody speaks who has not heard of the policy server, which is away")
                .named("policy/unsigned-while-away")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", ALICE, BOB),
                        partitioned("alpha", "beta"))
                .when(
                        PolicySteps.chosen("lobby", ALICE),
                        PolicySteps.policyServerIs(PolicyMood.FAILING),
                        at("beta").says(BOB, "hello"),
                        healed("alpha", "beta"),
                        everythingSettles(),
                        PolicySteps.policyServerIs(PolicyMood.WELL),
                        at("alpha").says(ALICE, "listen"),
                        everythingSettles(),
                        at("beta").says(BOB, "I do"))
                .then(
                        at("alpha").sees("hello", SOFT_FAILED),
                        everyServerSees("listen"),
                        everyServerSees("I do"),
                        everyServerAgreesOn("lobby"));
    }
}
