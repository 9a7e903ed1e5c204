package org.stratafed.simulator.policy;

import java.util.function.Consumer;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.When;

/// What happens to a room's policy server.
public final class PolicySteps {

    private PolicySteps() {}

    private record Step(String text, Consumer<Stage> deed) implements When {

        @Override
        public void begin(Stage stage) {
            deed.accept(stage);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static When policyServerIs(PolicyMood mood) {
        return new Step(
                "the policy server is " + mood,
                stage -> GuardedRoom.peer(stage).orElseThrow().is(mood));
    }

    /// The room gets a policy server.
    public static When chosen(String room, String user) {
        var guarded = new GuardedRoom(room, new UserId(user));
        return new Step(user + " chooses a policy server for " + room, guarded::establish);
    }

    /// The room says once more what it has said: the policy server is not asked about that.
    public static When chosenAgain(String room, String user) {
        return new Step(
                user + " says again which policy server " + room + " has",
                stage -> new GuardedRoom(room, new UserId(user)).chooseAgain(stage));
    }
}
