package org.stratafed.simulator.scenario;

import java.time.Duration;
import org.stratafed.simulator.check.Checks;
import org.stratafed.simulator.host.Simulation;

/// One run of a scenario, with one seed.
final class Run {

    /// What a step may take. Whoever is cut off gives up on a question much sooner.
    private static final Duration STEP_MAX = Duration.ofHours(2);

    private final Scenario scenario;
    private final long seed;
    private final Stage stage;
    private String step = "before the first step";

    Run(Scenario scenario, long seed, Simulation simulation) {
        this.scenario = scenario;
        this.seed = seed;
        Checks.all(simulation).forEach(simulation::observe);
        stage = new Stage(simulation);
    }

    Outcome perform() {
        try {
            scenario.given().forEach(this::establish);
            Settling.settle(stage);
            scenario.when().forEach(this::act);
            note("the end");
            heal(stage);
            stage.simulation().end();
            scenario.then().forEach(this::check);
            return new Outcome(
                    stage.now(), stage.simulation().time().steps(), stage.simulation().coverage());
        } catch (AssertionError | RuntimeException failure) {
            throw new ScenarioFailure(scenario, seed, "at " + stage.now() + ", " + step, failure);
        }
    }

    private void establish(Given given) {
        Settling.settle(stage);
        note("given " + given);
        given.establish(stage);
        awaitStep();
    }

    private void act(When when) {
        note("when " + when);
        when.begin(stage);
        awaitStep();
        stage.letGo();
    }

    private void check(Then then) {
        note("then " + then);
        then.check(stage);
    }

    private void note(String what) {
        step = what;
        stage.simulation().note(what);
    }

    /// What was begun beside the steps goes on with the faults that there are, until nothing more
    /// is to begin.
    static void heal(Stage stage) {
        if (!stage.simulation().runUntil(stage::isEverythingBegun, STEP_MAX)) {
            throw new AssertionError("it takes too long: " + stage.underWay());
        }
        Settling.healAndSettle(stage);
    }

    private void awaitStep() {
        if (!stage.simulation().runUntil(stage::isStepDone, STEP_MAX)) {
            throw new AssertionError("it takes too long: " + stage.underWay());
        }
    }
}
