package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.model.id.RoomId;

/// A defect of ours ended a decision: nothing was committed, and nothing follows about the events
/// that it was about. It has been reported.
public final class DecidingFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    DecidingFailed(RoomId room, Throwable cause) {
        super("a decision about room " + room + " failed", cause);
    }
}
