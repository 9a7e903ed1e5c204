package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.model.event.Pdu;

/// Where an event would stand with the room's policy server now. Changes nothing.
public record CheckPolicy(Pdu event) implements Decision<PolicyStanding> {

    @Override
    public PolicyStanding decide(RoomTransition transition, Deciding with) {
        return new PolicyCheck(transition, with.signatures()).check(event);
    }
}
