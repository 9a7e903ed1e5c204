package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.afterUpTo;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.meanwhile;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.partitionedOneWay;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Scenario;

/// Servers that crash, and networks that fail, while people talk.
final class Outage {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private Outage() {}

    static List<Scenario> scenarios() {
        return List.of(
                crashes(), longOutage(), joinOverCrash(), joinWhileAway(), keyRotation(), chaos());
    }

    private static Scenario crashes() {
        return scenario("servers crash and come back while people talk")
                .named("outage/crashes")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        meanwhile(
                                at("alpha").talks(ALICE, "from alpha", 10, ofSeconds(30)),
                                at("beta").talks(BOB, "from beta", 10, ofSeconds(30)),
                                at("gamma").talks(CAROL, "from gamma", 10, ofSeconds(30)),
                                at("alpha").crashesWithin(ofSeconds(30), ofSeconds(2)),
                                at("beta").crashesWithin(ofSeconds(30), ofSeconds(5)),
                                at("beta").crashesWithin(ofSeconds(30), ofSeconds(1)),
                                at("gamma").crashesWithin(ofSeconds(30), ofMinutes(1))))
                .then(everyServerAgreesOn("lobby"));
    }

    /// Longer than what fits into a transaction, so that catching up takes several.
    private static Scenario longOutage() {
        return scenario("a server is away for hours and catches up")
                .named("outage/long")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("beta").crashes(),
                        at("alpha").saysMany(ALICE, "unheard", 70),
                        after(ofMinutes(300)),
                        at("gamma").says(CAROL, "still nobody"),
                        at("beta").restarts(),
                        at("beta").says(BOB, "I am back"))
                .then(
                        everyServerSees("unheard 1"),
                        everyServerSees("unheard 70"),
                        everyServerSees("I am back"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario joinOverCrash() {
        return scenario("a server crashes while it joins, and joins again")
                .named("outage/join")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB))
                .when(
                        meanwhile(at("gamma").joins(CAROL, "alpha")),
                        afterUpTo(ofSeconds(1)),
                        at("gamma").crashes(),
                        at("alpha").says(ALICE, "who was that?"),
                        at("gamma").restarts(),
                        at("gamma").joins(CAROL, "alpha", "beta"),
                        at("gamma").says(CAROL, "sorry, that was me"))
                .then(everyServerSees("sorry, that was me"), everyServerAgreesOn("lobby"));
    }

    /// Gamma has never met beta and can't ask it for its keys, but has to take bob's membership
    /// over from alpha, or it will never let him speak.
    private static Scenario joinWhileAway() {
        return scenario("a server joins while the server of another member is away")
                .named("outage/join-while-away")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB))
                .when(
                        at("beta").crashes(),
                        at("gamma").joins(CAROL, "alpha"),
                        at("gamma").says(CAROL, "hello everybody"),
                        after(ofMinutes(2)),
                        at("beta").restarts(),
                        at("beta").hears("hello everybody"),
                        at("beta").says(BOB, "hello carol"))
                .then(everyServerSees("hello carol"), everyServerAgreesOn("lobby"));
    }

    /// Gamma has never met alpha, whose events so far are signed with a key that is out of use.
    private static Scenario keyRotation() {
        return scenario("a server joins after another one has changed its key")
                .named("outage/key-rotation")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB))
                .when(
                        at("alpha").says(ALICE, "as always"),
                        at("alpha").crashes(),
                        at("alpha").changesItsKey(),
                        at("alpha").restarts(),
                        at("gamma").joins(CAROL, "beta"),
                        everythingSettles(),
                        at("alpha").says(ALICE, "signed anew"),
                        at("gamma").hears("signed anew"),
                        at("gamma").readsBack(CAROL))
                .then(
                        everyServerSees("signed anew"),
                        at("gamma").hasReadAllOf(CAROL, "alpha"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario chaos() {
        return scenario("everything at once")
                .named("chaos")
                .given(
                        servers("alpha", "beta", "gamma", "delta", "epsilon"),
                        room("lobby", ALICE, BOB, CAROL, "@dave:delta", "@eve:epsilon"),
                        network(Quality.POOR))
                .when(
                        at("alpha").empowers(ALICE, 50, BOB, CAROL),
                        everythingSettles(),
                        meanwhile(
                                at("alpha").talks(ALICE, "from alpha", 8, ofMinutes(4)),
                                at("beta").talks(BOB, "from beta", 8, ofMinutes(4)),
                                at("gamma").talks(CAROL, "from gamma", 8, ofMinutes(4)),
                                at("delta").talks("@dave:delta", "from delta", 8, ofMinutes(4)),
                                at("alpha").crashesWithin(ofMinutes(4), ofSeconds(20)),
                                at("gamma").crashesWithin(ofMinutes(4), ofSeconds(90))),
                        afterUpTo(ofSeconds(30)),
                        partitioned("beta", "delta"),
                        afterUpTo(ofSeconds(30)),
                        partitionedOneWay("epsilon", "beta"),
                        at("beta").setsTopic(BOB, "bob's"),
                        afterUpTo(ofSeconds(60)),
                        healed("beta", "delta"),
                        at("delta").leaves("@dave:delta"))
                .then(everyServerAgreesOn("lobby"));
    }
}
