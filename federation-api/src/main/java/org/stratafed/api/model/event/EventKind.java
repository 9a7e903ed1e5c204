package org.stratafed.api.model.event;

/// Where an event stands in its room's history.
public enum EventKind {

    /// Known, but not placed: nothing is known of the state before it.
    OUTLIER,

    /// Placed, from before this server took part or was there to listen. Never in a sync.
    HISTORICAL,

    /// Placed, and news when it came.
    LIVE
}
