package org.stratafed.api.model.exchange;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;

/// The answer of a server that was asked for events: like a transaction, but without an id and
/// without its limit on events.
///
/// @param origin the server that answers; a peer may leave it out, since nobody needs it
/// @param originServerTs when it answered, in milliseconds since the epoch; likewise
public record EventsAnswer(
        Optional<ServerName> origin, OptionalLong originServerTs, List<RawPdu> pdus) {

    public EventsAnswer {
        pdus = List.copyOf(pdus);
    }

    /// An answer of our own.
    public static EventsAnswer of(ServerName origin, long originServerTs, List<RawPdu> pdus) {
        return new EventsAnswer(Optional.of(origin), OptionalLong.of(originServerTs), pdus);
    }
}
