package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.concurrently;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Scenario;

/// A tip arrives whose ancestors were lost on the way. Beta never hears alpha itself: what alpha
/// said has to come from those who cite it.
final class MissingPdu {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";
    private static final String DAVE = "@dave:delta";

    private static final Given FOUR = servers("alpha", "beta", "gamma", "delta");

    private MissingPdu() {}

    static List<Scenario> scenarios() {
        return List.of(
                oneLevel(),
                levels(100),
                levels(1_000),
                severalTips(),
                brokenOff(),
                overARestart(),
                lostState(),
                unproved(),
                history(),
                rejoined(),
                nobodyHasIt());
    }

    private static Scenario oneLevel() {
        return scenario("the event before the tip was lost")
                .named("missing-pdu/one-level")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").says(ALICE, "lost"),
                        at("gamma").hears("lost"),
                        at("gamma").says(CAROL, "tip"),
                        at("beta").hears("tip"))
                .then(
                        everyServerSees("lost"),
                        at("beta").showsOnce("lost"),
                        at("beta").showsOnce("tip"));
    }

    private static Scenario levels(int count) {
        return scenario("the %,d events before the tip were lost".formatted(count))
                .named("missing-pdu/levels-" + count)
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").saysMany(ALICE, "lost", count),
                        at("gamma").hears("lost " + count),
                        at("gamma").says(CAROL, "tip"),
                        at("beta").hears("tip"))
                .then(
                        everyServerSees("lost 1"),
                        everyServerSees("lost " + count / 2),
                        at("beta").showsOnce("lost " + count),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario severalTips() {
        return scenario("several tips come at once, and what is before them was lost")
                .named("missing-pdu/several-tips")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL, DAVE), partitioned("alpha", "beta"))
                .when(
                        at("alpha").saysMany(ALICE, "lost", 15),
                        at("gamma").hears("lost 15"),
                        at("delta").hears("lost 15"),
                        concurrently(
                                at("gamma").saysMany(CAROL, "tip", 3),
                                at("delta").saysMany(DAVE, "other tip", 3)),
                        at("beta").hears("tip 3"),
                        at("beta").hears("other tip 3"))
                .then(
                        everyServerSees("lost 1"),
                        at("beta").showsOnce("other tip 3"),
                        everyServerAgreesOn("lobby"));
    }

    /// Gamma could tell what is before the tip, but its answers break off; a state that it tells
    /// is no substitute for that, even if it arrives.
    private static Scenario brokenOff() {
        return scenario("the answer with the events before the tip breaks off")
                .named("missing-pdu/broken-off")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").says(ALICE, "lost"),
                        at("gamma").hears("lost"),
                        network(Quality.GOOD.withTruncation(0.5)),
                        at("gamma").says(CAROL, "tip"),
                        at("beta").hears("tip"),
                        at("beta").hears("lost"))
                .then(everyServerAgreesOn("lobby"));
    }

    /// Nobody says anything that would bring it up again.
    private static Scenario overARestart() {
        return scenario("a server crashes while it waits for the event before the tip")
                .named("missing-pdu/restart")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").says(ALICE, "lost"),
                        at("gamma").hears("lost"),
                        network(Quality.GOOD.withTruncation(1)),
                        at("gamma").says(CAROL, "tip"),
                        after(ofMinutes(1)),
                        at("beta").crashes(),
                        network(Quality.GOOD),
                        at("beta").restarts(),
                        at("beta").hears("tip"),
                        at("beta").hears("lost"))
                .then(everyServerAgreesOn("lobby"));
    }

    /// What was lost changed the room's state, and what follows is allowed by it.
    private static Scenario lostState() {
        return scenario("the events that were lost are what allows the tip")
                .named("missing-pdu/state")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL), partitioned("alpha", "beta"))
                .when(
                        at("alpha").empowers(ALICE, 50, CAROL),
                        at("alpha").setsTopic(ALICE, "before"),
                        at("gamma").hearsTopic("before"),
                        at("gamma").setsTopic(CAROL, "after"),
                        at("delta").joins(DAVE, "gamma"),
                        at("delta").says(DAVE, "tip"),
                        at("beta").hears("tip"))
                .then(
                        at("beta").hasTopic("after"),
                        everyServerSees("tip"),
                        everyServerAgreesOn("lobby"));
    }

    /// Beta can't ask gamma for its keys, so it can't take carol's join; and whatever cites the
    /// join has to wait, since beta would place it in a state without carol and never hear her.
    private static Scenario unproved() {
        return scenario("the event before the tip can't be proved for a while")
                .named("missing-pdu/unproved")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB),
                        partitioned("alpha", "beta"))
                .when(
                        at("gamma").joins(CAROL, "alpha"),
                        partitioned("beta", "gamma"),
                        healed("alpha", "beta"),
                        at("alpha").says(ALICE, "welcome"),
                        after(ofMinutes(5)),
                        healed("beta", "gamma"),
                        at("gamma").says(CAROL, "thank you"),
                        at("beta").hears("thank you"))
                .then(everyServerSees("thank you"), everyServerAgreesOn("lobby"));
    }

    /// What is missing at gamma hangs on history from before gamma was in the room. That comes
    /// along with it, and must not be taken for news: bob's power was taken from him since.
    private static Scenario history() {
        return scenario("the event before the tip is beside the server's own join")
                .named("missing-pdu/history")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB))
                .when(
                        at("alpha").empowers(ALICE, 50, BOB),
                        at("beta").hearsLevel(BOB, 50),
                        at("beta").setsTopic(BOB, "as of old"),
                        at("alpha").hearsTopic("as of old"),
                        partitioned("alpha", "beta"),
                        at("gamma").joins(CAROL, "alpha"),
                        at("beta").says(BOB, "beside"),
                        at("alpha").empowers(ALICE, 0, BOB),
                        at("gamma").hearsLevel(BOB, 0),
                        healed("alpha", "beta"),
                        at("alpha").hears("beside"),
                        at("alpha").says(ALICE, "tip"),
                        at("gamma").hears("tip"),
                        at("gamma").says(CAROL, "hello"))
                .then(
                        everyServerSees("beside"),
                        everyServerSees("hello"),
                        everyServerAgreesOn("lobby"));
    }

    /// Gamma is told of dave's leaving by the server that lets it in again, and misses what is
    /// before that. It comes late, and must not be taken for news when it does: gamma's own join
    /// comes after it.
    private static Scenario rejoined() {
        return scenario("the event before the tip is one before a state that was told")
                .named("missing-pdu/rejoined")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL, DAVE))
                .when(
                        partitioned("alpha", "gamma"),
                        partitioned("gamma", "delta"),
                        at("alpha").says(ALICE, "late"),
                        at("delta").hears("late"),
                        at("delta").leaves(DAVE),
                        at("beta").hears("late"),
                        at("gamma").leaves(CAROL),
                        after(ofMinutes(1)),
                        at("gamma").joins(CAROL, "beta"),
                        healed("alpha", "gamma"),
                        at("gamma").hears("late"),
                        healed("gamma", "delta"),
                        after(ofMinutes(90)),
                        at("gamma").says(CAROL, "hello"))
                .then(at("alpha").showsOnce("hello"), everyServerAgreesOn("lobby"));
    }

    private static Scenario nobodyHasIt() {
        return scenario("nobody has the event before the tip")
                .named("missing-pdu/nobody-has-it")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("gamma").sendsOrphan(CAROL, "from nowhere", "beta"),
                        after(ofMinutes(10)),
                        at("alpha").says(ALICE, "and on it goes"),
                        at("beta").hears("and on it goes"),
                        at("beta").says(BOB, "indeed"))
                .then(
                        at("beta").doesNotSee("from nowhere"),
                        everyServerSees("indeed"),
                        everyServerAgreesOn("lobby"));
    }
}
