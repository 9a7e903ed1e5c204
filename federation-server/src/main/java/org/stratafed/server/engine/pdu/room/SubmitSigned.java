package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;

/// An event of a local user that was built before, and that the room's policy server has been asked
/// about since. The room may have gone on meanwhile: then it stands beside what came in between.
///
/// @param client the request that it was made by, so that a retry makes no second one
public record SubmitSigned(Pdu event, Optional<ClientTransaction> client)
        implements Decision<Submission> {

    @Override
    public Submission decide(RoomTransition transition, Deciding with) {
        var made = client.flatMap(transition::madeEarlier);
        if (made.isPresent()) {
            return new Submission.Made(made.get());
        }
        var receipt = new Receipt(transition, with.signatures());
        transition.require(event.prevEvents());
        var audience = Audience.of(transition, event, with.server(), with.server().name());
        var outcome = receipt.decide(event, Placement.LIVE);
        return Submitted.of(transition, event, audience, client, outcome);
    }
}
