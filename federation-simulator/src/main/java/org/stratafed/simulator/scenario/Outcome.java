package org.stratafed.simulator.scenario;

import java.time.Duration;
import org.stratafed.simulator.host.Coverage;

/// What there is to say of a run in which nothing was wrong.
///
/// @param virtual how much virtual time it took
/// @param steps how many steps of the loop
/// @param coverage what happened in it, of all that may happen
public record Outcome(Duration virtual, long steps, Coverage coverage) {}
