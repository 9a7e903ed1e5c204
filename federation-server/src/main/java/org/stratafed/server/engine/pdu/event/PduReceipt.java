package org.stratafed.server.engine.pdu.event;

import java.util.Optional;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;

/// The checks a received event goes through before its room is looked at: format, signatures and
/// content hash, in this order.
///
/// A pure function of what was received and the keys, whichever server it runs on.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">
///     Checks performed on receipt of a PDU</a>
public final class PduReceipt {

    private PduReceipt() {}

    public static ReceivedPdu check(
            RoomVersionRules rules, RawPdu raw, KeyBook keys, Signatures signatures) {
        return check(rules, EventParser.parse(rules, raw), keys, signatures);
    }

    /// The same for events that a backfill brought, which may cite any number of others.
    public static ReceivedPdu checkBackfilled(
            RoomVersionRules rules, RawPdu raw, KeyBook keys, Signatures signatures) {
        return check(rules, EventParser.parseBackfilled(rules, raw), keys, signatures);
    }

    /// The checks that are left for an event which has been parsed already.
    public static ReceivedPdu check(
            RoomVersionRules rules, Pdu pdu, KeyBook keys, Signatures signatures) {
        Optional<String> unsigned = EventSignatures.check(rules, pdu, keys, signatures);
        if (unsigned.isPresent()) {
            var refusal = new Refusal(PduCheck.SIGNATURES, unsigned.get());
            return new ReceivedPdu.Refused(Optional.of(pdu.id()), refusal);
        }
        if (ContentHash.matches(pdu.json())) {
            return new ReceivedPdu.Sound(pdu, false);
        }
        return new ReceivedPdu.Sound(redacted(rules, pdu), true);
    }

    private static ReceivedPdu check(
            RoomVersionRules rules, ParsedPdu parsed, KeyBook keys, Signatures signatures) {
        return switch (parsed) {
            case ParsedPdu.NotAnEvent(var refusal) ->
                    new ReceivedPdu.Refused(Optional.empty(), refusal);
            case ParsedPdu.Parsed(var pdu) -> check(rules, pdu, keys, signatures);
        };
    }

    /// The same event by its ID: what redaction leaves is all that the ID is about.
    private static Pdu redacted(RoomVersionRules rules, Pdu pdu) {
        return EventParser.event(rules, Redaction.redact(rules, pdu.json()));
    }
}
