package org.stratafed.simulator.store;

/// When in a commit.
public enum CommitMoment {
    /// It has begun, and nothing of it is durable.
    UNDER_WAY,
    /// All of it is durable, and nobody has been told.
    DURABLE
}
