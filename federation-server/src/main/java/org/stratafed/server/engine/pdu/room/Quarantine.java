package org.stratafed.server.engine.pdu.room;

import java.util.LinkedHashSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.StagedEvent;

/// An event that can't be decided on because of a defect of ours: kept until it is mended, and
/// judged again from time to time.
record Quarantine(ServerName origin, Pdu event) implements Decision<PduOutcome> {

    @Override
    public PduOutcome decide(RoomTransition transition, Deciding with) {
        return transition
                .staging()
                .keep(
                        new StagedEvent(
                                event.id(),
                                origin,
                                PduOutcome.Wait.MENDING,
                                new RawPdu(event.json())),
                        new PduOutcome.Deferred(PduOutcome.Wait.MENDING, new LinkedHashSet<>()));
    }
}
