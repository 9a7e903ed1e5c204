package org.stratafed.server.engine.pdu.handshake;

import java.util.List;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Completes a membership event that another server proposed: our content and time, hash and
/// signature.
final class TemplateSigner {

    /// What of the content is not the user's to say; nothing else is the proposing server's.
    private static final List<String> FROM_TEMPLATE =
            List.of("membership", Vouching.AUTHORISED_VIA);

    private final HomeserverEnvironment environment;
    private final LocalServer server;

    TemplateSigner(HomeserverEnvironment environment, LocalServer server) {
        this.environment = environment;
        this.server = server;
    }

    /// @param content what the user says beside the membership
    Pdu complete(RoomVersionRules rules, JsonObject template, JsonObject content) {
        var proposed = template.object("content").orElse(JsonObject.empty());
        var whole = content;
        for (var key : FROM_TEMPLATE) {
            whole = whole.without(key);
            if (proposed.get(key).isPresent()) {
                whole = whole.with(key, proposed.get(key).get());
            }
        }
        var event =
                template.with("content", whole)
                        .with("origin_server_ts", JsonNumber.of(environment.clock().millis()))
                        .without("hashes", "signatures", "unsigned", "event_id", "origin");
        var signed =
                EventSigner.sign(
                        rules, event, server.name(), server.key(), environment.signatures());
        return switch (EventParser.parse(rules, new RawPdu(signed))) {
            case ParsedPdu.Parsed(var pdu) -> pdu;
            case ParsedPdu.NotAnEvent(var refusal) ->
                    throw new RemoteFailure.Garbled(
                            "the proposed event is none: " + refusal.reason());
        };
    }
}
