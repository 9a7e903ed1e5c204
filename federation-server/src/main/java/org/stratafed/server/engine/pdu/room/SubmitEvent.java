package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;

/// An event of a local user.
///
/// @param client the request that it was made by, so that a retry makes no second one
public record SubmitEvent(EventDraft draft, Optional<ClientTransaction> client)
        implements Decision<Submission> {

    @Override
    public Submission decide(RoomTransition transition, Deciding with) {
        var made = client.flatMap(transition::madeEarlier);
        if (made.isPresent()) {
            return new Submission.Made(made.get());
        }
        var receipt = new Receipt(transition, with.signatures());
        var pdu = new EventBuilder(transition, with).build(draft);
        var audience = Audience.of(transition, pdu, with.server(), with.server().name());
        var outcome = receipt.decideOwn(pdu);
        return Submitted.of(transition, pdu, audience, client, outcome);
    }
}
