package org.stratafed.simulator.check;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;

/// All events of a room, as the naive resolution sees them.
public interface NaiveEvents {

    Optional<Pdu> event(EventId id);

    boolean isRejected(EventId id);
}
