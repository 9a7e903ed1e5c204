package org.stratafed.simulator.check;

import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;

/// The authorization rules: the one thing the naive resolution shares with the engine's.
@FunctionalInterface
public interface NaiveAuthRules {

    boolean allow(Pdu event, SequencedMap<StateKeyTuple, Pdu> state);
}
