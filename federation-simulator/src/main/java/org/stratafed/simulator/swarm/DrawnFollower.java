package org.stratafed.simulator.swarm;

import java.util.List;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.client.Follower;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Stage;

/// A user, of whichever server chance picks, whose client is open all the time.
public record DrawnFollower() implements Given {

    @Override
    public void establish(Stage stage) {
        var servers = List.copyOf(stage.simulation().servers());
        var chance = stage.simulation().random().split("follower");
        var server = servers.get(chance.nextInt(servers.size()));
        Follower.begin(stage.simulation(), new UserId("@u:" + server.name()));
    }

    @Override
    public String toString() {
        return "somebody who follows the room";
    }
}
