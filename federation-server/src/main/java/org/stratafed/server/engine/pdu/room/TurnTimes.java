package org.stratafed.server.engine.pdu.room;

import java.time.Duration;

/// How long the parts of a turn took: waiting for it, reading what memory lacked, deciding, and
/// until what was decided was durable.
public record TurnTimes(Duration waiting, Duration reading, Duration deciding, Duration storing) {}
