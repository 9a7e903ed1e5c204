package org.stratafed.simulator.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.When;

/// Some troubles of a few kinds, at moments of chance's choice. A run that has everything in it
/// shows little: most of what is wrong shows when one thing happens often and another not at all.
///
/// @param from what is drawn from
/// @param over the time in which they strike
public record Mischief(List<Trouble> from, Duration over) implements When {

    private static final int KINDS_MAX = 4;
    private static final int STRIKES_PER_KIND_MAX = 3;

    @Override
    public void begin(Stage stage) {
        var random = stage.simulation().random().split("mischief");
        var kinds = new ArrayList<>(from);
        int count = Math.min(kinds.size(), random.nextInt(KINDS_MAX + 1));
        for (int i = 0; i < count; i++) {
            var trouble = kinds.remove(random.nextInt(kinds.size()));
            int strikes = 1 + random.nextInt(STRIKES_PER_KIND_MAX);
            for (int strike = 0; strike < strikes; strike++) {
                var its = random.split(trouble.title() + strike);
                stage.later(
                        Duration.ofNanos(its.nextLong(over.toNanos())),
                        () -> strike(stage, trouble, its));
            }
        }
    }

    private static void strike(Stage stage, Trouble trouble, SimRandom random) {
        stage.simulation().note(trouble.title());
        if (trouble.strike(stage, random)) {
            stage.simulation().coverage().count(trouble.title());
        }
    }

    @Override
    public String toString() {
        return "troubles strike within " + over;
    }
}
