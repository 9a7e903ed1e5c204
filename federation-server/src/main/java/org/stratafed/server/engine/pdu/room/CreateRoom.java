package org.stratafed.server.engine.pdu.room;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersion;

/// A room of our own: its create event, and what follows.
///
/// @param create the create event, made before, since the room's id may follow from it
public record CreateRoom(RoomVersion version, Pdu create, List<EventDraft> drafts)
        implements Decision<RoomId> {

    @Override
    public RoomId decide(RoomTransition transition, Deciding with) {
        if (!transition.isNewRoom()) {
            throw new RoomExists();
        }
        var receipt = new Receipt(transition, with.signatures());
        mustStand(receipt.decideOwn(create));
        for (var draft : drafts) {
            var pdu = new EventBuilder(transition, with).build(draft);
            mustStand(receipt.decideOwn(pdu));
        }
        return create.roomId();
    }

    private static void mustStand(PduOutcome outcome) {
        switch (outcome) {
            case PduOutcome.Accepted _ -> {}
            case PduOutcome.Rejected(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.SoftFailed(var refusal) ->
                    throw MatrixException.forbidden(refusal.text());
            case PduOutcome.Deferred(var wait, _) when wait == PduOutcome.Wait.POLICY ->
                    throw MatrixException.forbidden("this server is no policy server");
            case PduOutcome.Duplicate _, PduOutcome.Deferred _, PduOutcome.Dropped _ ->
                    throw new IllegalStateException("in a room of our own: " + outcome);
        }
    }

    @Override
    public Optional<RoomVersion> newRoom() {
        return Optional.of(version);
    }

    /// There is a room of this id already: where ids follow from create events, one that was made
    /// in the same millisecond with the same content.
    public static final class RoomExists extends RuntimeException {

        private static final long serialVersionUID = 1;

        RoomExists() {
            super("the room exists already", null, false, false);
        }
    }
}
