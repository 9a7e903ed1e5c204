package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.ServerName;

/// What follows from the decision on an event of ours.
final class Submitted {

    private Submitted() {}

    static Submission of(
            RoomTransition transition,
            Pdu event,
            SequencedSet<ServerName> audience,
            Optional<ClientTransaction> client,
            PduOutcome outcome) {
        switch (outcome) {
            case PduOutcome.Accepted _ -> transition.send(event.id(), audience);
            case PduOutcome.SoftFailed(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.Rejected(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.Deferred(var wait, _) when wait == PduOutcome.Wait.POLICY -> {
                return new Submission.Unsigned(event);
            }
            case PduOutcome.Duplicate _, PduOutcome.Deferred _, PduOutcome.Dropped _ ->
                    throw new IllegalStateException("an event of our own: " + event);
        }
        client.ifPresent(transition::madeBy);
        return new Submission.Made(event.id());
    }
}
