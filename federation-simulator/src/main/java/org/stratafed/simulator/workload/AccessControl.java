package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.api.model.event.EventStatus.ACCEPTED;
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
import org.stratafed.simulator.scenario.Scenario;

/// Rooms that have nothing to do with a server any more, and what that one does about it.
final class AccessControl {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private AccessControl() {}

    static List<Scenario> scenarios() {
        return List.of(denied(), turnedAway(), admittedAgain(), throughOthers());
    }

    private static Scenario denied() {
        return scenario("a room has nothing to do with a server any more")
                .named("acl/denied")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").denies(ALICE, "bet?"),
                        everythingSettles(),
                        at("beta").says(BOB, "can you hear me?"),
                        at("alpha").says(ALICE, "beta hears this, and isn't heard"),
                        everythingSettles(),
                        at("beta").says(BOB, "can nobody hear me?"))
                .then(
                        at("beta").sees("can you hear me?", ACCEPTED),
                        at("alpha").doesNotSee("can you hear me?"),
                        at("gamma").doesNotSee("can you hear me?"),
                        at("alpha").doesNotSee("can nobody hear me?"),
                        at("gamma").doesNotSee("can nobody hear me?"),
                        everyServerSees("beta hears this, and isn't heard"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario turnedAway() {
        return scenario("nobody of a denied server gets in, whomever he asks")
                .named("acl/turned-away")
                .given(servers("alpha", "beta", "gamma", "delta"), room("lobby", ALICE, CAROL))
                .when(
                        at("alpha").denies(ALICE, "beta"),
                        everythingSettles(),
                        at("beta").isNotLetIn(BOB, "alpha", "gamma"),
                        at("delta").joins("@dave:delta", "alpha"),
                        at("beta").isNotLetIn(BOB, "delta"))
                .then(everyServerAgreesOn("lobby"));
    }

    private static Scenario admittedAgain() {
        return scenario("who is not denied any more is heard, with all that he said")
                .named("acl/admitted-again")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").denies(ALICE, "beta"),
                        everythingSettles(),
                        at("beta").says(BOB, "can you hear me?"),
                        after(ofMinutes(5)),
                        at("alpha").denies(ALICE, "zeta"),
                        everythingSettles(),
                        at("beta").says(BOB, "now you can"))
                .then(
                        everyServerSees("can you hear me?"),
                        everyServerSees("now you can"),
                        everyServerAgreesOn("lobby"));
    }

    /// The list is about who sends and asks. What gamma has taken, since it knew of no list, is
    /// part of the room for everybody who takes what gamma built upon it.
    private static Scenario throughOthers() {
        return scenario("a denied server is heard through one that doesn't know of that")
                .named("acl/through-others")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "gamma"))
                .when(
                        at("alpha").denies(ALICE, "beta"),
                        at("beta").says(BOB, "psst"),
                        at("gamma").hears("psst"),
                        at("gamma").says(CAROL, "bob says psst"),
                        after(ofMinutes(5)),
                        healed("alpha", "gamma"))
                .then(
                        at("alpha").sees("psst", ACCEPTED),
                        everyServerSees("bob says psst"),
                        everyServerAgreesOn("lobby"));
    }
}
