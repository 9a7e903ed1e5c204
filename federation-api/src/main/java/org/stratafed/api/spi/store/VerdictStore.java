package org.stratafed.api.spi.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// What became of events, for who asks why. The verdicts on events that are kept come with the
/// [RoomCommit] that keeps them; those on copies that are not are here, within bounds, since other
/// servers can make as many of them as they like.
public interface VerdictStore {

    int DROPPED_PER_ORIGIN_MAX = 100;
    int ORIGINS_MAX = 1_000;

    /// How many of the newest arrivals are known with their transaction. Of older ones the server
    /// is known that they came from.
    int TRANSACTIONS_MAX = 100_000;

    /// Records copies that came together, from one server. One at the same place of the same
    /// transaction takes the place of the one recorded before.
    ///
    /// The newest [#DROPPED_PER_ORIGIN_MAX] of each origin are kept, for the [#ORIGINS_MAX] origins
    /// that had one most recently.
    Uni<Void> drop(List<DroppedPdu> dropped);

    /// The copies of an event that were dropped, newest first.
    Uni<List<DroppedPdu>> dropped(EventId event);

    /// Those of a room, newest first.
    Uni<List<DroppedPdu>> dropped(RoomId room, int max);

    /// Those of an origin, newest first.
    Uni<List<DroppedPdu>> dropped(ServerName origin);

    /// A room in which the event is stored or staged.
    Uni<Optional<RoomId>> roomOf(EventId event);

    /// How an event came here that is stored or staged; empty for one of our own.
    Uni<Optional<Arrival>> arrival(RoomId room, EventId event);

    /// The newest events of a room that were rejected or soft-failed, newest first.
    Uni<List<StoredEvent>> refused(RoomId room, int max);
}
