package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.acquainted;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingHeals;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.rollCall;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;
import static org.stratafed.simulator.scenario.Steps.war;

import java.util.List;
import java.util.stream.Stream;
import org.stratafed.simulator.scenario.Deed;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.swarm.Mischief;
import org.stratafed.simulator.swarm.PolicyFault;
import org.stratafed.simulator.swarm.Rifts;
import org.stratafed.simulator.swarm.Trouble;
import org.stratafed.simulator.swarm.Troubles;

/// People who all have power fight over it, on servers that part from each other again and again.
/// Where the swarm has one conflict of state, this has dozens, and most are about what decides
/// others: levels, bans, join rules.
public final class War {

    private static final String A = "@u:s1";
    private static final String B = "@u:s2";
    private static final String C = "@u:s3";
    private static final String D = "@u:s4";

    private static final String ROOM = "lobby";

    private War() {}

    static List<Scenario> scenarios() {
        return List.of(
                of("war/v1", "1"),
                of("war/v2", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")
                        .then(everyServerAgreesOn(ROOM)),
                of("war/v2.1", "12").then(everyServerAgreesOn(ROOM)));
    }

    /// @param versions room versions with one and the same state resolution
    private static Scenario of(String name, String... versions) {
        return scenario("people fight over a room whose servers part again and again")
                .named(name)
                .given(
                        servers("s1", "s2", "s3", "s4"),
                        acquainted(),
                        room(ROOM, A, B, C, D).version(versions))
                .when(
                        at("s1").empowers(A, 90, B, C),
                        at("s1").empowers(A, 50, D),
                        everythingSettles(),
                        new Rifts(6, ofMinutes(4)),
                        new Mischief(Troubles.all(), ofMinutes(3)),
                        war(60, ofMinutes(4)),
                        everythingHeals(),
                        rollCall(),
                        rollCall());
    }

    /// What has to be done now and then, by the names that it is counted by. Nobody looks after a
    /// room at war, so that no policy server can fail.
    public static List<String> drawn() {
        return Stream.concat(
                        Deed.atWar().stream().map(Deed::title).distinct(),
                        Troubles.all().stream()
                                .filter(trouble -> !(trouble instanceof PolicyFault))
                                .map(Trouble::title))
                .toList();
    }
}
