package org.stratafed.simulator.check;

import java.util.List;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;

/// Everything that is checked in every run.
public final class Checks {

    private Checks() {}

    public static List<Observer> all(Simulation simulation) {
        var violations = simulation.violations();
        return List.of(
                new TransactionDiscipline(simulation),
                new SameAnswer(violations),
                new ProcessedOnce(violations),
                new OnlyMembersReceive(violations),
                new SoundExtremities(violations),
                new NewestOnly(violations),
                new SoundAuthChains(violations),
                new ShownOnce(violations),
                new NothingAcknowledgedIsLost(simulation),
                new ConvergedState(violations),
                new EverybodyHasEverything(violations));
    }
}
