package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;

/// An event of a local user.
///
/// @param client the request that it was made by, so that a retry makes no second one
public record SubmitEvent(EventDraft draft, Optional<ClientTransaction> client)
        implements Decision<EventId> {

    @Override
    public EventId decide(RoomTransition transition, Deciding with) {
        var made = client.flatMap(transition::madeEarlier);
        if (made.isPresent()) {
            return made.get();
        }
        var receipt = new Receipt(transition, with.signatures());
        var pdu = new EventBuilder(transition, with).build(draft);
        var audience = Audience.of(transition, pdu, with.server(), with.server().name());
        switch (receipt.decideOwn(pdu)) {
            case PduOutcome.Accepted _ -> transition.send(pdu.id(), audience);
            case PduOutcome.SoftFailed(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.Rejected(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.Duplicate _, PduOutcome.Deferred _, PduOutcome.Dropped _ ->
                    throw new IllegalStateException("an event of our own: " + pdu);
        }
        client.ifPresent(transition::madeBy);
        return pdu.id();
    }
}
