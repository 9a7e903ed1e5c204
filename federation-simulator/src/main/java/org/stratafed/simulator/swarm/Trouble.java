package org.stratafed.simulator.swarm;

import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;

/// Something that goes wrong, or something that somebody does who means harm. The swarm draws some
/// of them for each seed and counts them by their names; one that is never drawn in a long run is
/// noticed.
public interface Trouble {

    /// Unique among all of them: `fault/partition`, say.
    String title();

    /// Lets it happen now, to whomever chance picks. It ends by itself, or when everything is
    /// healed, and whatever it still has to do it does by [Stage#later].
    ///
    /// @param random a source of its own, which nobody else draws from
    /// @return whether there was anybody that it could happen to
    boolean strike(Stage stage, SimRandom random);
}
