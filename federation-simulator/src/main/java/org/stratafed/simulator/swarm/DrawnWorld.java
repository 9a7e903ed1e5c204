package org.stratafed.simulator.swarm;

import java.util.stream.IntStream;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Steps;

/// A few servers that have met, and a room that some of them are in, as chance has them.
public record DrawnWorld(String room) implements Given {

    private static final int SERVERS_MIN = 2;
    private static final int SERVERS_MAX = 4;

    @Override
    public void establish(Stage stage) {
        var random = stage.simulation().random().split("world");
        int count = random.nextInt(SERVERS_MIN, SERVERS_MAX + 1);
        Steps.servers(count).establish(stage);
        Steps.acquainted().establish(stage);
        int members = random.nextInt(1, count + 1);
        var others =
                IntStream.rangeClosed(2, members).mapToObj(i -> "@u:s" + i).toArray(String[]::new);
        Steps.room(room, "@u:s1", others).establish(stage);
    }

    @Override
    public String toString() {
        return "some servers and a room " + room;
    }
}
