package org.stratafed.simulator.workload;

import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.scenario.Scenario;

/// Somebody whose client is open all the time is told everything, once.
final class Following {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private Following() {}

    static List<Scenario> scenarios() {
        return List.of(throughACrash(), comesBack(), overAGap());
    }

    private static Scenario throughACrash() {
        return scenario("somebody follows a room, and so much is said while his server is away")
                .named("following/crash")
                .given(servers("alpha", "beta"), room("lobby", ALICE, BOB))
                .when(
                        at("beta").follows(BOB),
                        at("alpha").saysMany(ALICE, "heard", 3),
                        everythingSettles(),
                        at("beta").crashes(),
                        at("alpha").saysMany(ALICE, "unheard", 30),
                        at("alpha").setsTopic(ALICE, "news"),
                        at("beta").restarts(),
                        at("beta").hearsTopic("news"))
                .then(everyServerAgreesOn("lobby"));
    }

    /// An invite stands between the two times.
    private static Scenario comesBack() {
        return scenario("somebody follows a room, leaves it, and is invited back")
                .named("following/comes-back")
                .given(
                        servers("alpha", "beta", "gamma"),
                        room("lobby", ALICE, BOB, CAROL, "@bert:beta"))
                .when(
                        at("beta").follows(BOB),
                        at("alpha").says(ALICE, "welcome"),
                        everythingSettles(),
                        at("beta").leaves(BOB),
                        at("alpha").says(ALICE, "where is he?"),
                        everythingSettles(),
                        at("alpha").invites(ALICE, BOB),
                        everythingSettles(),
                        at("beta").joins(BOB, "alpha"),
                        everythingSettles(),
                        at("beta").says(BOB, "here I am"))
                .then(everyServerAgreesOn("lobby"));
    }

    /// What is missing at gamma hangs on history from before gamma was in the room.
    private static Scenario overAGap() {
        return scenario("somebody begins to follow a room in which something is missing")
                .named("following/gap")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB))
                .when(
                        at("beta").says(BOB, "as of old"),
                        everythingSettles(),
                        partitioned("alpha", "beta"),
                        at("gamma").joins(CAROL, "alpha"),
                        at("gamma").says(CAROL, "hello"),
                        at("beta").says(BOB, "beside"),
                        healed("alpha", "beta"),
                        at("alpha").hears("beside"),
                        at("alpha").says(ALICE, "tip"),
                        at("gamma").hears("tip"),
                        at("gamma").follows(CAROL),
                        everythingSettles())
                .then(everyServerAgreesOn("lobby"));
    }
}
