package org.stratafed.simulator.policy;

/// How a policy server is.
public enum PolicyMood {
    /// It looks at what it is asked about, and signs or refuses.
    WELL,

    /// It takes its time for every answer.
    SLOW,

    /// It takes questions and never answers.
    SILENT,

    /// It answers that it can't answer.
    FAILING,

    /// It answers with something that is no signature.
    GARBLED,

    /// It signs with a key that no room has heard of.
    REKEYED
}
