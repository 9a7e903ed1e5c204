package org.stratafed.simulator.check;

import java.util.List;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;

/// Everything that is checked in every run.
public final class Checks {

    private Checks() {}

    public static List<Observer> all(Simulation simulation) {
        return list(simulation).stream().map(Check::observer).toList();
    }

    /// The checks with their names, and what they are for.
    public static List<Check> list(Simulation simulation) {
        var violations = simulation.violations();
        return List.of(
                new Check(
                        new TransactionDiscipline(simulation),
                        "One transaction is in flight per destination, has the same content when it"
                                + " is sent again, and keeps to the sizes."),
                new Check(
                        new SameAnswer(violations),
                        "A transaction is answered the same whenever it comes again."),
                new Check(
                        new EachAnswered(simulation),
                        "The answer to a transaction says of each event what became of it."),
                new Check(
                        new ProcessedOnce(violations),
                        "No transaction is processed a second time."),
                new Check(
                        new OnlyMembersReceive(violations),
                        "No event goes to a server that isn't in the room, nor is what it is"
                                + " about."),
                new Check(
                        new DeniedGetNothing(simulation),
                        "A server that a room denies is answered nothing about it, and nothing is"
                                + " taken from it."),
                new Check(
                        new SoundExtremities(violations),
                        "Only live and accepted events are forward extremities."),
                new Check(
                        new NewestOnly(violations),
                        "No forward extremity comes before another one."),
                new Check(
                        new SoundAuthChains(violations),
                        "What an accepted event is allowed by is stored, and not rejected."),
                new Check(
                        new NothingForged(simulation),
                        "No event is stored that its sender's server did not sign as it is."),
                new Check(
                        new RightVerdicts(simulation),
                        "An event is rejected if, and only if, the slow rules reject it,"
                                + " and by the same rule."),
                new Check(
                        new EachExplained(simulation),
                        "Of every event that came, the reason that was answered is written down."),
                new Check(
                        new RightSoftFailures(simulation),
                        "An event is soft-failed if, and only if, the slow rules reject it in the"
                                + " current state."),
                new Check(
                        new RecomputedState(simulation),
                        "The states before and after an event, and the current one, are what the"
                                + " slow resolver makes of those before."),
                new Check(
                        new LastingState(violations),
                        "The states at an event stay what they were when it was placed."),
                new Check(
                        new WithinLimits(simulation),
                        "Every limit holds, of events and of what is under way with a peer."),
                new Check(
                        new ShownOnce(violations),
                        "All is shown to the application: not twice, in order, and not before it is"
                                + " durable."),
                new Check(
                        new NothingAcknowledgedIsLost(simulation),
                        "Nothing that was acknowledged is lost, over every crash."),
                new Check(
                        new ConvergedState(violations),
                        "Servers with the same events of a room have the same state of it."),
                new Check(
                        new EverybodyHasEverything(violations),
                        "In the end, everybody has every event that was sent while he was there."),
                new Check(
                        new NothingLeftToSend(violations),
                        "In the end, nothing is left to be sent to a server that is there."),
                new Check(
                        new MembersAgree(violations),
                        "In the end, servers that see each other in a room have the same state of"
                                + " it."));
    }
}
