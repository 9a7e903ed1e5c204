package org.stratafed.simulator.swarm;

import java.util.stream.IntStream;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.policy.GuardedRoom;
import org.stratafed.simulator.scenario.Door;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Steps;

/// A few servers that have met, and a room that some of them are in, as chance has them.
public record DrawnWorld(String room) implements Given {

    private static final int SERVERS_MIN = 2;
    private static final int SERVERS_MAX = 4;
    private static final int GUARDED_ONE_IN = 4;

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
        stage.settle();
        if (random.nextInt(GUARDED_ONE_IN) == 0) {
            new GuardedRoom(room, new UserId("@u:s1")).establish(stage);
            stage.settle();
            stage.simulation().coverage().count(GuardedRoom.TITLE);
        }
        var door = Door.of(random.nextInt(Integer.MAX_VALUE));
        if (door != Door.PUBLIC) {
            club(random, count).establish(stage);
            stage.settle();
        }
        Steps.door(room, new UserId("@u:s1"), door).establish(stage);
    }

    /// Another room, which its members may come into the first one from.
    private static Given club(SimRandom random, int servers) {
        var others =
                IntStream.rangeClosed(2, servers)
                        .filter(_ -> random.nextInt(2) == 0)
                        .mapToObj(i -> "@u:s" + i)
                        .toArray(String[]::new);
        return Steps.room(Door.CLUB, "@u:s1", others);
    }

    @Override
    public String toString() {
        return "some servers and a room " + room;
    }
}
