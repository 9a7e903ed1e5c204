package org.stratafed.api.layer.messaging;

import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;

/// An event as a reader gets it.
///
/// @param position its place in the stream; empty for state and for history
/// @param transaction the client transaction that made it, only for the device that did
/// @param previousContent the content of the state event it replaced
/// @param redactedBecause the redaction that was applied to it; `pdu` is the redacted form then
/// @param membership the reader's own membership at the event
public record TimelineEvent(
        Pdu pdu,
        OptionalLong position,
        Optional<TransactionId> transaction,
        Optional<JsonObject> previousContent,
        Optional<Pdu> redactedBecause,
        Optional<String> membership) {

    public static TimelineEvent of(Pdu pdu) {
        return new TimelineEvent(
                pdu,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
