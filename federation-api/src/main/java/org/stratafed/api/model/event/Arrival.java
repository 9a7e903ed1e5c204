package org.stratafed.api.model.event;

import java.util.Objects;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// How an event came here: from which server, and with which of its transactions.
///
/// @param transaction that of [Way#PUSHED]; empty when it isn't known, or not any more
public record Arrival(Way way, ServerName peer, Optional<TransactionId> transaction) {

    public Arrival {
        Objects.requireNonNull(way, "way");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(transaction, "transaction");
    }

    /// Why a server gave us an event.
    public enum Way {
        /// It sent the event in a transaction.
        PUSHED,
        /// It handed the event in, for us to take into the room: a membership that was made
        /// through us.
        HANDED_IN,
        /// We asked it, for this event or for what another one cites.
        FETCHED,
        /// It told the event as part of a room that we joined through it.
        TOLD
    }

    public static Arrival pushed(ServerName peer, TransactionId transaction) {
        return new Arrival(Way.PUSHED, peer, Optional.of(transaction));
    }

    /// Without a transaction.
    public static Arrival of(Way way, ServerName peer) {
        return new Arrival(way, peer, Optional.empty());
    }
}
