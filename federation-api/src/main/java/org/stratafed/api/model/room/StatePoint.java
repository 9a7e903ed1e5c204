package org.stratafed.api.model.room;

/// A state of a room, named: a version of a line. Lines form a tree; each starts from a point of
/// its parent, or from the empty state, and is one row per change from there on.
///
/// @param line dense per room, from 0
/// @param version 0 is the line's start: its parent's state, unchanged
public record StatePoint(int line, int version) {

    public StatePoint next() {
        return new StatePoint(line, version + 1);
    }
}
