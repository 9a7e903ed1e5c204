package org.stratafed.server.engine.pdu.handshake;

import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Completes a membership event that another server proposed: our content and time, hash and
/// signature.
final class TemplateSigner {

    private final HomeserverEnvironment environment;
    private final LocalServer server;

    TemplateSigner(HomeserverEnvironment environment, LocalServer server) {
        this.environment = environment;
        this.server = server;
    }

    /// @param content what the user says beside the membership
    Pdu complete(RoomVersionRules rules, JsonObject template, JsonObject content) {
        var whole = template.object("content").orElse(JsonObject.empty());
        for (var member : content.members().entrySet()) {
            whole = whole.with(member.getKey(), member.getValue());
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
