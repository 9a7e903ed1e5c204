package org.stratafed.server.engine.pdu.room;

import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;

/// An event whose predecessors can't be had, placed after the state that another server told.
///
/// @param state the events of the state before it; those that are not here or don't stand are left
///     out
public record PlaceWithState(Pdu event, List<EventId> state) implements Decision<PduOutcome> {

    @Override
    public PduOutcome decide(RoomTransition transition, Deciding with) {
        var receipt = new Receipt(transition, with.signatures());
        var outcome =
                receipt.decideWithState(event, ToldState.of(transition, state), Placement.LIVE);
        if (outcome instanceof PduOutcome.Deferred(var wait, _) && wait == PduOutcome.Wait.POLICY) {
            transition.awaitSignature(event);
        }
        return outcome;
    }
}
