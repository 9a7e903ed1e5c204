package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.meanwhile;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.time.Duration;
import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Scenario;

/// Rooms that one can't just walk into: knocks, and joins that somebody has to vouch for.
final class Doors {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    /// Nothing is lost, and anything may overtake anything.
    private static final Quality WIDE =
            Quality.GOOD.withLatency(Duration.ofMillis(1), Duration.ofMillis(600));

    private Doors() {}

    static List<Scenario> scenarios() {
        return List.of(
                accepted(),
                acceptedAtOnce(),
                refused(),
                takenBackWhileAway(),
                rejectedWhileAway(),
                throughTheNext(),
                addressBound(),
                addressBoundInTheRoom(),
                vouchedFor(),
                turnedAway());
    }

    private static Scenario accepted() {
        return scenario("somebody knocks and is let in")
                .named("knock/accepted")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, CAROL).version("12"))
                .when(
                        at("alpha").setsJoinRule(ALICE, "knock"),
                        at("beta").knocks(BOB, "alpha"),
                        at("gamma").hearsOf(BOB, "knock"),
                        at("alpha").invites(ALICE, BOB),
                        at("beta").joins(BOB, "gamma"),
                        at("beta").says(BOB, "thank you"))
                .then(everyServerSees("thank you"), everyServerAgreesOn("lobby"));
    }

    /// The invite is under way while the answer to the knock still is: the two servers know already
    /// where to find each other.
    private static Scenario acceptedAtOnce() {
        return scenario("somebody knocks and is invited before he knows that he has knocked")
                .named("knock/accepted-at-once")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", ALICE).version("10"),
                        room("elsewhere", ALICE, BOB),
                        network(WIDE))
                .when(
                        at("alpha").setsJoinRule(ALICE, "knock"),
                        meanwhile(at("beta").knocks(BOB, "alpha")),
                        at("alpha").hearsOf(BOB, "knock"),
                        at("alpha").invites(ALICE, BOB))
                .then(at("beta").is(BOB, "invite"), everyServerAgreesOn("lobby"));
    }

    private static Scenario refused() {
        return scenario("somebody knocks and is not let in")
                .named("knock/refused")
                .given(servers("alpha", "beta"), room("lobby", ALICE).version("11"))
                .when(
                        at("alpha").setsJoinRule(ALICE, "knock"),
                        at("beta").knocks(BOB, "alpha"),
                        at("alpha").kicks(ALICE, BOB),
                        everythingSettles(),
                        at("beta").isNotLetIn(BOB, "alpha"))
                .then(at("beta").is(BOB, "leave"), everyServerAgreesOn("lobby"));
    }

    /// Alpha isn't told before it is there again, and may answer a knock that isn't there any more.
    private static Scenario takenBackWhileAway() {
        return scenario("somebody takes a knock back while nobody can be told")
                .named("knock/taken-back-while-away")
                .given(servers("alpha", "beta"), room("lobby", ALICE).version("9"))
                .when(
                        at("alpha").setsJoinRule(ALICE, "knock"),
                        at("beta").knocks(BOB, "alpha"),
                        at("alpha").crashes(),
                        at("beta").leaves(BOB),
                        after(ofMinutes(5)),
                        at("alpha").restarts(),
                        after(ofMinutes(15)))
                .then(
                        at("beta").is(BOB, "leave"),
                        at("alpha").hasMember(BOB, "leave"),
                        everyServerAgreesOn("lobby"));
    }

    /// What is to be told outlives a crash of who has to tell it.
    private static Scenario rejectedWhileAway() {
        return scenario("somebody rejects an invite while nobody can be told")
                .named("invite/rejected-while-away")
                .given(servers("alpha", "beta"), room("lobby", ALICE).version("11"))
                .when(
                        at("alpha").invites(ALICE, BOB),
                        at("alpha").crashes(),
                        at("beta").leaves(BOB),
                        at("beta").crashes(),
                        after(ofMinutes(30)),
                        at("alpha").restarts(),
                        at("beta").restarts(),
                        after(ofMinutes(90)))
                .then(
                        at("beta").is(BOB, "leave"),
                        at("alpha").hasMember(BOB, "leave"),
                        everyServerAgreesOn("lobby"));
    }

    /// Nothing comes back from the first that is asked; the second is asked meanwhile.
    private static Scenario throughTheNext() {
        return scenario("who joins doesn't wait for a server that is silent")
                .named("join/through-the-next")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB).version("12"),
                        partitioned("alpha", "gamma"))
                .when(
                        meanwhile(at("gamma").joins(CAROL, "alpha", "beta")),
                        after(ofSeconds(20)),
                        at("gamma").says(CAROL, "here already"))
                .then(everyServerSees("here already"), everyServerAgreesOn("lobby"));
    }

    /// Beta isn't in the room, so that alpha has to make the invite.
    private static Scenario addressBound() {
        return scenario("an address that was invited turns out to be somebody's")
                .named("address/bound")
                .given(servers("alpha", "beta"), room("lobby", ALICE).version("12"))
                .when(
                        at("alpha").invitesAddress(ALICE, BOB),
                        at("beta").bindsAddress(BOB),
                        at("beta").joins(BOB, "alpha"),
                        at("beta").says(BOB, "found me"))
                .then(everyServerSees("found me"), everyServerAgreesOn("lobby"));
    }

    /// Beta is in the room and makes the invite itself, in alice's name.
    private static Scenario addressBoundInTheRoom() {
        return scenario("an address turns out to be of somebody whose server is in the room")
                .named("address/bound-in-the-room")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, "@ben:beta", CAROL).version("10"))
                .when(
                        at("alpha").setsJoinRule(ALICE, "invite"),
                        at("alpha").invitesAddress(ALICE, BOB),
                        everythingSettles(),
                        at("beta").bindsAddress(BOB),
                        at("beta").joins(BOB),
                        at("beta").says(BOB, "found me"))
                .then(everyServerSees("found me"), everyServerAgreesOn("lobby"));
    }

    /// Beta is in the room but not in the club, and can't tell; alpha can.
    private static Scenario vouchedFor() {
        return scenario("a member of the club is let in by the server that can vouch for it")
                .named("restricted/vouched-for")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB).version("10"),
                        room("club", ALICE, CAROL).version("6"))
                .when(
                        at("alpha").setsJoinRule(ALICE, "restricted", "club"),
                        everythingSettles(),
                        at("gamma").isNotLetIn(CAROL, "beta"),
                        at("gamma").joins(CAROL, "beta", "alpha"),
                        at("gamma").says(CAROL, "here I am"))
                .then(everyServerSees("here I am"), everyServerAgreesOn("lobby"));
    }

    private static Scenario turnedAway() {
        return scenario("who is not in the club is not let in, whoever is asked")
                .named("restricted/turned-away")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB).version("12"),
                        room("club", ALICE, BOB))
                .when(
                        at("alpha").setsJoinRule(ALICE, "restricted", "club"),
                        everythingSettles(),
                        at("gamma").isNotLetIn(CAROL, "alpha", "beta"),
                        at("alpha").invites(ALICE, CAROL),
                        at("gamma").joins(CAROL, "beta"))
                .then(everyServerAgreesOn("lobby"));
    }
}
