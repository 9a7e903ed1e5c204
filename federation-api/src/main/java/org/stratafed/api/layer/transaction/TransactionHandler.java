package org.stratafed.api.layer.transaction;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// What the transaction layer asks of the layer above it. The PDU layer implements this.
public interface TransactionHandler {

    /// Decides on the events one transaction brought for one room, in the order given.
    ///
    /// The answer has one entry per event that could be identified, in the same order, and fails
    /// only for reasons that are this server's own (a full disk, not a bad event). When it
    /// completes, every event in it is durable: decided or staged.
    Uni<SequencedMap<EventId, PduOutcome>> onPdus(Arrival arrival, RoomId room, List<RawPdu> pdus);

    /// The same for events of which it isn't known what brought them.
    default Uni<SequencedMap<EventId, PduOutcome>> onPdus(
            ServerName origin, RoomId room, List<RawPdu> pdus) {
        return onPdus(Arrival.of(Arrival.Way.PUSHED, origin), room, pdus);
    }

    /// So many events of one transaction name no room, and so are none that anybody has a use for.
    Uni<Void> onRoomless(Arrival arrival, int count);

    /// Ephemeral units of one transaction. Unknown and malformed ones are ignored.
    void onEdus(ServerName origin, List<Edu> edus);

    /// Questions of other servers about rooms.
    RoomQueryHandler rooms();
}
