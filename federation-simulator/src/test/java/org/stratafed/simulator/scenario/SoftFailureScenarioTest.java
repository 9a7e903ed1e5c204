package org.stratafed.simulator.scenario;

import static java.time.Duration.ofMinutes;
import static org.stratafed.api.model.event.EventStatus.ACCEPTED;
import static org.stratafed.api.model.event.EventStatus.SOFT_FAILED;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import org.junit.jupiter.api.Test;

class SoftFailureScenarioTest {

    /// The ban and the message are concurrent: neither cites the other. Alpha knows of the ban
    /// when the message arrives, so the message is valid where it stands and soft-failed there.
    @Test
    void aMessageFromBehindAPartitionIsSoftFailedWhereItsSenderWasBanned() {
        scenario("bob speaks while cut off from the ban")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", "@alice:alpha", "@bob:beta"),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").bans("@alice:alpha", "@bob:beta"),
                        at("beta").says("@bob:beta", "anyone there?"),
                        after(ofMinutes(5)),
                        healed("alpha", "beta"))
                .then(
                        at("beta").sees("anyone there?", ACCEPTED),
                        at("alpha").sees("anyone there?", SOFT_FAILED),
                        everyServerAgreesOn("lobby"))
                .holdsForSeeds(1, 200);
    }
}
