package org.stratafed.simulator.scenario;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimClock;
import org.stratafed.simulator.store.RoomTable;

/// Makes events that are well-formed, signed and allowed, and cite previous events which nobody
/// has.
final class Orphan {

    private static final String MESSAGE = "m.room.message";
    private static final int HASH_BYTES = 32;

    private final Stage stage;
    private final SimServer server;
    private final RoomTable room;
    private final RoomVersionRules rules;

    Orphan(Stage stage, SimServer server) {
        this.stage = stage;
        this.server = server;
        room = server.disk().room(stage.room("")).orElseThrow();
        rules = RoomVersionRules.of(room.version()).orElseThrow();
    }

    Pdu event(UserId sender, String text) {
        var content = Texts.message(text);
        var template =
                JsonObject.builder()
                        .put("type", MESSAGE)
                        .put("sender", sender.value())
                        .put("room_id", room.id().value())
                        .put("content", content)
                        .put("depth", room.events().size())
                        .put("origin_server_ts", SimClock.START.plus(stage.now()).toEpochMilli())
                        .put("prev_events", JsonArray.ofStrings(List.of(nowhere(text))))
                        .put("auth_events", JsonArray.ofStrings(authEvents(sender, content)))
                        .build();
        var signed =
                EventSigner.sign(
                        rules,
                        template,
                        server.name(),
                        server.key(),
                        stage.simulation().signatures());
        var event = EventParser.event(rules, signed);
        stage.orphans().add(event.id());
        return event;
    }

    private String nowhere(String text) {
        var hash = new byte[HASH_BYTES];
        stage.simulation().random().split(text).nextBytes(hash);
        return "$" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private List<String> authEvents(UserId sender, JsonObject content) {
        var state = room.currentState();
        return AuthEventSelection.select(rules, MESSAGE, Optional.empty(), sender, content).stream()
                .map(state::get)
                .flatMap(Optional::stream)
                .map(EventId::value)
                .toList();
    }
}
