package org.stratafed.simulator.workload;

import static java.time.Duration.ofMinutes;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.bustle;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingHeals;
import static org.stratafed.simulator.scenario.Steps.rollCall;

import java.util.List;
import java.util.stream.Stream;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.simulator.policy.GuardedRoom;
import org.stratafed.simulator.scenario.Deed;
import org.stratafed.simulator.scenario.Door;
import org.stratafed.simulator.scenario.RoomMade;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.swarm.DrawnFollower;
import org.stratafed.simulator.swarm.DrawnNetwork;
import org.stratafed.simulator.swarm.DrawnWorld;
import org.stratafed.simulator.swarm.Mischief;
import org.stratafed.simulator.swarm.Trouble;
import org.stratafed.simulator.swarm.Troubles;

/// Nobody wrote down what happens: the seed draws the world, what people do, and what goes wrong.
public final class Swarm {

    private static final String ROOM = "lobby";

    private Swarm() {}

    static List<Scenario> scenarios() {
        return List.of(of("swarm", Troubles.all()), of("hostile/swarm", Troubles.withHostile()));
    }

    /// What has to be drawn now and then, by the names that it is counted by.
    public static List<String> drawn() {
        return drawn(Troubles.all());
    }

    /// The same, where hostile servers are among the troubles.
    public static List<String> drawnWithHostile() {
        return drawn(Troubles.withHostile());
    }

    private static List<String> drawn(List<Trouble> troubles) {
        return Stream.of(
                        troubles.stream().map(Trouble::title),
                        Deed.everyDay().stream().map(Deed::title).distinct(),
                        Stream.of(Door.values()).map(Door::title),
                        Stream.of(GuardedRoom.TITLE),
                        RoomVersionRules.supported().stream().map(RoomMade::title))
                .flatMap(titles -> titles)
                .toList();
    }

    /// One that draws from these troubles alone.
    ///
    /// @param name by which a failure says how to replay it
    public static Scenario of(String name, List<Trouble> troubles) {
        return scenario("people come, go and quarrel, and what can go wrong does")
                .named(name)
                .given(new DrawnWorld(ROOM), new DrawnFollower(), new DrawnNetwork())
                .when(
                        new Mischief(troubles, ofMinutes(3)),
                        bustle(30, ofMinutes(4)),
                        everythingHeals(),
                        rollCall(),
                        rollCall())
                .then(everyServerAgreesOn(ROOM));
    }
}
