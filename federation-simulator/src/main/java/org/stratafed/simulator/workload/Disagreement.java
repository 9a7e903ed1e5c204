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
import org.stratafed.simulator.scenario.Scenario;

/// Servers that were cut off from each other, and what they did meanwhile doesn't go together.
final class Disagreement {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private Disagreement() {}

    static List<Scenario> scenarios() {
        return List.of(softFailure(), topics(), banAndTopic(), powers());
    }

    /// The ban and the message are concurrent: neither cites the other. Alpha knows of the ban
    /// when the message arrives, so the message is valid where it stands and soft-failed there.
    private static Scenario softFailure() {
        return scenario("bob speaks while cut off from the ban")
                .named("soft-failure")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", ALICE, BOB),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").bans(ALICE, BOB),
                        at("beta").says(BOB, "anyone there?"),
                        after(ofMinutes(5)),
                        healed("alpha", "beta"))
                .then(
                        at("beta").sees("anyone there?", ACCEPTED),
                        at("alpha").sees("anyone there?", SOFT_FAILED),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario topics() {
        return scenario("both sides of a split change the topic")
                .named("conflict/topics")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").empowers(ALICE, 50, BOB, CAROL),
                        everythingSettles(),
                        partitioned("alpha", "beta"),
                        partitioned("gamma", "beta"),
                        at("alpha").setsTopic(ALICE, "of alpha"),
                        at("gamma").setsTopic(CAROL, "of gamma"),
                        at("beta").setsTopic(BOB, "of beta"),
                        at("beta").says(BOB, "is anybody here?"),
                        after(ofMinutes(3)),
                        healed("alpha", "beta"),
                        healed("gamma", "beta"),
                        everythingSettles(),
                        at("gamma").says(CAROL, "so we meet again"))
                .then(
                        everyServerSees("is anybody here?"),
                        everyServerSees("so we meet again"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario banAndTopic() {
        return scenario("a moderator is banned on one side and moderates on the other")
                .named("conflict/ban")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL).thatReconciles())
                .when(
                        at("alpha").empowers(ALICE, 50, BOB),
                        everythingSettles(),
                        partitioned("alpha", "beta"),
                        at("alpha").bans(ALICE, BOB),
                        at("beta").setsTopic(BOB, "bob's"),
                        at("beta").kicks(BOB, CAROL),
                        after(ofMinutes(3)),
                        healed("alpha", "beta"),
                        everythingSettles(),
                        at("alpha").says(ALICE, "quiet now"))
                .then(everyServerAgreesOn("lobby"));
    }

    private static Scenario powers() {
        return scenario("both sides of a split change the power levels")
                .named("conflict/powers")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL).thatReconciles())
                .when(
                        at("alpha").empowers(ALICE, 90, BOB),
                        everythingSettles(),
                        partitioned("alpha", "beta"),
                        at("alpha").empowers(ALICE, 0, BOB),
                        at("beta").empowers(BOB, 50, CAROL),
                        at("beta").setsTopic(BOB, "while I can"),
                        after(ofMinutes(3)),
                        healed("alpha", "beta"),
                        everythingSettles(),
                        at("gamma").says(CAROL, "what now?"))
                .then(everyServerAgreesOn("lobby"));
    }
}
