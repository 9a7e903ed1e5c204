package org.stratafed.server.engine.pdu.handshake;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// An event of ours that another server gave back with its signature. Nothing else of what it gave
/// back is taken: an event's ID says nothing about its content.
final class CoSignature {

    private CoSignature() {}

    /// Our event with that server's signatures added; empty if what came back is another event, or
    /// not signed by it.
    static Optional<RawPdu> added(
            RoomVersionRules rules, Pdu ours, ServerName signer, RawPdu answer) {
        var theirs =
                answer.json()
                        .object("signatures")
                        .flatMap(all -> all.object(signer.value()))
                        .orElse(JsonObject.empty());
        if (!isSame(rules, ours, answer) || theirs.isEmpty()) {
            return Optional.empty();
        }
        var event = ours.json();
        for (var key : theirs.keys()) {
            var id = KeyId.parse(key);
            var signature = theirs.string(key);
            if (id.isPresent() && signature.isPresent()) {
                event = JsonSigning.withSignature(event, signer, id.get(), signature.get());
            }
        }
        return Optional.of(new RawPdu(event));
    }

    private static boolean isSame(RoomVersionRules rules, Pdu ours, RawPdu answer) {
        return switch (EventParser.parse(rules, answer)) {
            case ParsedPdu.Parsed(var pdu) -> pdu.id().equals(ours.id());
            case ParsedPdu.NotAnEvent _ -> false;
        };
    }
}
