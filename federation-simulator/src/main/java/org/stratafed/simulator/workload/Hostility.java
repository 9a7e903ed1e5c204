package org.stratafed.simulator.workload;

import static java.time.Duration.ofSeconds;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.everythingHeals;
import static org.stratafed.simulator.scenario.Steps.meanwhile;
import static org.stratafed.simulator.scenario.Steps.rollCall;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.Arrays;
import java.util.List;
import org.stratafed.simulator.hostile.HostileBehaviour;
import org.stratafed.simulator.scenario.Scenario;

/// A server that means harm is in the room, while three others only want to talk, and a fourth one
/// wants to come in.
final class Hostility {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";
    private static final String DAVE = "@dave:delta";

    private Hostility() {}

    static List<Scenario> scenarios() {
        return Arrays.stream(HostileBehaviour.values()).map(Hostility::of).toList();
    }

    private static Scenario of(HostileBehaviour behaviour) {
        return scenario(behaviour.toString())
                .named(behaviour.title())
                .given(servers("alpha", "beta", "gamma", "delta"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").setsTopic(ALICE, "peace"),
                        at("alpha").says(ALICE, "before"),
                        meanwhile(
                                at("alpha").talks(ALICE, "alice on", 5, ofSeconds(30)),
                                at("beta").talks(BOB, "bob on", 5, ofSeconds(30)),
                                at("gamma").talks(CAROL, "carol on", 5, ofSeconds(30))),
                        behaviour,
                        at("beta").says(BOB, "after"),
                        everythingHeals(),
                        at("delta").joins(DAVE, "alpha"),
                        rollCall(),
                        at("gamma").says(CAROL, "in the end"))
                .then(
                        everyServerSees("in the end"),
                        at("alpha").showsOnce("after"),
                        at("beta").showsOnce("alice on 1"),
                        at("gamma").showsOnce("bob on 5"),
                        at("gamma").hasTopic("peace"),
                        everyServerAgreesOn("lobby"));
    }
}
