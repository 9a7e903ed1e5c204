package org.stratafed.server.engine.pdu.room;

import java.util.OptionalLong;
import org.stratafed.api.model.event.EventKind;

/// Where in a room's history an event is put.
///
/// @param orderBefore for a historical event, the history order that it goes directly before
record Placement(EventKind kind, OptionalLong orderBefore) {

    static final Placement LIVE = new Placement(EventKind.LIVE, OptionalLong.empty());

    static Placement historical(long orderBefore) {
        return new Placement(EventKind.HISTORICAL, OptionalLong.of(orderBefore));
    }
}
