package org.stratafed.simulator.workload;

import static java.time.Duration.ofSeconds;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.meanwhile;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import java.util.stream.IntStream;
import org.stratafed.simulator.scenario.Scenario;

/// Many servers in one room.
final class Crowd {

    private Crowd() {}

    static List<Scenario> scenarios() {
        return List.of(of(20), of(200));
    }

    /// More than a test has time for. It is run when it is asked for by name.
    static Scenario huge() {
        return of(1_000);
    }

    private static Scenario of(int count) {
        var others = IntStream.rangeClosed(2, count).mapToObj(Crowd::user).toArray(String[]::new);
        return scenario(count + " servers in one room")
                .named("crowd/" + count)
                .given(servers(count), room("lobby", user(1), others))
                .when(
                        partitioned("s2", "s3"),
                        meanwhile(
                                at("s1").talks(user(1), "from s1", 5, ofSeconds(20)),
                                at("s2").talks(user(2), "from s2", 5, ofSeconds(20)),
                                at("s3").talks(user(3), "from s3", 5, ofSeconds(20)),
                                at("s7").talks(user(7), "from s7", 5, ofSeconds(20)),
                                at("s5").crashesWithin(ofSeconds(20), ofSeconds(10))),
                        after(ofSeconds(25)),
                        at("s" + count).says(user(count), "good night"))
                .then(everyServerSees("good night"), everyServerAgreesOn("lobby"));
    }

    private static String user(int server) {
        return "@u" + server + ":s" + server;
    }
}
