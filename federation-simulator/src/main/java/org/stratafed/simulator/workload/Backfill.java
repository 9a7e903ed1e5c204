package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Scenario;

/// A server that joined late pages back to the room's creation: without holes, without repeats.
final class Backfill {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";
    private static final String DAVE = "@dave:delta";

    private static final Given FOUR = servers("alpha", "beta", "gamma", "delta");

    private Backfill() {}

    static List<Scenario> scenarios() {
        return List.of(
                late(),
                throughTheOneThatAnswers(),
                throughAFork(),
                besideTheJoin(),
                inPoorWeather());
    }

    private static Scenario late() {
        return scenario("a server joins late and reads back to the room's creation")
                .named("backfill/late")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").saysMany(ALICE, "old", 60),
                        at("beta").saysMany(BOB, "also old", 60),
                        everythingSettles(),
                        at("delta").joins(DAVE),
                        everythingSettles(),
                        at("alpha").says(ALICE, "welcome"),
                        everythingSettles(),
                        at("delta").readsBack(DAVE))
                .then(at("delta").hasReadAllOf(DAVE, "alpha"), everyServerAgreesOn("lobby"));
    }

    /// Alpha is gone when the history is wanted, gamma can't be reached: beta is left.
    private static Scenario throughTheOneThatAnswers() {
        return scenario("a server reads back while some of the room's servers don't answer")
                .named("backfill/unanswered")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").saysMany(ALICE, "old", 50),
                        everythingSettles(),
                        at("beta").readsBack(BOB),
                        at("delta").joins(DAVE, "alpha", "beta"),
                        everythingSettles(),
                        partitioned("gamma", "delta"),
                        at("alpha").crashes(),
                        at("delta").readsBack(DAVE))
                .then(at("delta").hasReadAllOf(DAVE, "beta"));
    }

    private static Scenario throughAFork() {
        return scenario("a server reads back through a time when the others were split")
                .named("backfill/fork")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL))
                .when(
                        partitioned("alpha", "beta"),
                        partitioned("gamma", "beta"),
                        at("alpha").saysMany(ALICE, "on one side", 25),
                        at("beta").saysMany(BOB, "on the other", 25),
                        at("alpha").setsTopic(ALICE, "a split"),
                        healed("alpha", "beta"),
                        healed("gamma", "beta"),
                        everythingSettles(),
                        at("gamma").says(CAROL, "together again"),
                        everythingSettles(),
                        at("delta").joins(DAVE),
                        everythingSettles(),
                        at("delta").readsBack(DAVE))
                .then(at("delta").hasReadAllOf(DAVE, "alpha"), everyServerAgreesOn("lobby"));
    }

    /// What alpha said reaches gamma after gamma has left and come back, and nothing there tells
    /// that gamma's new join comes after it, until gamma reads back.
    private static Scenario besideTheJoin() {
        return scenario("what comes late turns out to be older than the server's join")
                .named("backfill/beside-the-join")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        partitioned("alpha", "gamma"),
                        at("alpha").says(ALICE, "late"),
                        at("beta").hears("late"),
                        at("gamma").leaves(CAROL),
                        after(ofMinutes(1)),
                        at("beta").says(BOB, "after"),
                        at("gamma").joins(CAROL, "beta"),
                        healed("alpha", "gamma"),
                        at("gamma").hears("late"),
                        at("gamma").readsBack(CAROL))
                .then(at("gamma").hasReadAllOf(CAROL, "beta"), everyServerAgreesOn("lobby"));
    }

    private static Scenario inPoorWeather() {
        return scenario("a server joins and reads back over a network that loses and doubles")
                .named("backfill/poor-network")
                .given(FOUR, room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").saysMany(ALICE, "old", 40),
                        everythingSettles(),
                        at("delta").joins(DAVE),
                        everythingSettles(),
                        network(Quality.POOR),
                        at("delta").readsBack(DAVE),
                        network(Quality.GOOD),
                        at("delta").readsBack(DAVE))
                .then(at("delta").hasReadAllOf(DAVE, "alpha"));
    }
}
