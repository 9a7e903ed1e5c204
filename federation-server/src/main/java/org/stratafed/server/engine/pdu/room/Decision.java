package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.room.RoomVersion;

/// One piece of work of a room, as a value: what is wanted, and how it is decided on.
///
/// @param <T> what whoever asked is told once it is durable
public sealed interface Decision<T>
        permits AdoptRoom,
                GiveUp,
                BuildEvent,
                CheckPolicy,
                CreateRoom,
                CurrentEvents,
                FindVoucher,
                KnownEvents,
                PlaceHistory,
                PlaceWithState,
                Quarantine,
                ReceiveEvents,
                StoreOutliers,
                StoreSentEvents,
                SubmitEvent,
                SubmitSigned {

    /// Decides, on the transition only. May be called several times, each time on a fresh one,
    /// until everything it looks at is in memory; so it changes nothing else. Fails with a
    /// [org.stratafed.api.model.error.MatrixException] when the answer is no.
    T decide(RoomTransition transition, Deciding with);

    /// How the events came that this is about, if another server sent them just now.
    default Optional<Arrival> arrival() {
        return Optional.empty();
    }

    /// The version of the room that this brings into being, if it does.
    default Optional<RoomVersion> newRoom() {
        return Optional.empty();
    }
}
