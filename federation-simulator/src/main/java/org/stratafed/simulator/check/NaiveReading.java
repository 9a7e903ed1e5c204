package org.stratafed.simulator.check;

/// How the definitions of state resolution are read where deployed servers don't do what they say.
public enum NaiveReading {

    /// As deployed servers do. A state's own events count as part of its full auth chain; and from
    /// a power event one gets to the events it rests on by way of the full conflicted set only.
    DEPLOYED,

    /// As the text says. A chain leaves out the event it starts from; and a power event brings
    /// along all of its auth chain that is in the full conflicted set.
    LETTER
}
