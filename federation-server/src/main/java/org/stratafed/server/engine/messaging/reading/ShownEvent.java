package org.stratafed.server.engine.messaging.reading;

import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.spi.store.StoredEvent;

/// An event of a room's history that a reader gets to see: as it is stored, and as it is shown.
public record ShownEvent(StoredEvent stored, TimelineEvent event) {

    public long order() {
        return stored.order().orElseThrow();
    }

    public long position() {
        return stored.position().orElseThrow();
    }

    /// The event as shown.
    public Pdu pdu() {
        return event.pdu();
    }
}
