package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.bustle;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingHeals;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.rollCall;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Scenario;

/// Whatever comes of it: nobody wrote down what happens, the seed decides.
final class Swarm {

    private Swarm() {}

    static List<Scenario> scenarios() {
        return List.of(calm(), stormy());
    }

    private static Scenario calm() {
        return scenario("people come, go and quarrel")
                .named("swarm/calm")
                .given(servers(3), room("lobby", "@u:s1", "@u:s2", "@u:s3"))
                .when(bustle(60, ofMinutes(5)), everythingHeals(), rollCall(), rollCall())
                .then(everyServerAgreesOn("lobby"));
    }

    private static Scenario stormy() {
        return scenario("people come, go and quarrel over a network that loses and doubles")
                .named("swarm/stormy")
                .given(
                        servers(4),
                        room("lobby", "@u:s1", "@u:s2", "@u:s3", "@u:s4"),
                        network(Quality.POOR))
                .when(bustle(80, ofMinutes(5)), everythingHeals(), rollCall(), rollCall())
                .then(everyServerAgreesOn("lobby"));
    }
}
