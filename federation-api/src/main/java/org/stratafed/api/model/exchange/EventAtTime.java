package org.stratafed.api.model.exchange;

import org.stratafed.api.model.id.EventId;

/// An event and when its sender's server says to have made it, in milliseconds since the epoch.
public record EventAtTime(EventId event, long originServerTs) {}
