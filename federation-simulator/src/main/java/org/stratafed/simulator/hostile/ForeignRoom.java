package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.pdu.event.EventParser;

/// A room that a hostile peer made for itself, of the version of the one it attacks.
record ForeignRoom(Attack attack, List<Pdu> events) {

    static ForeignRoom of(Attack attack) {
        var create = create(attack);
        var join =
                event(
                        attack,
                        draft(attack, create, "m.room.member", attack.user().value(), 2)
                                .with(
                                        "content",
                                        JsonObject.builder().put("membership", "join").build())
                                .with("prev_events", attack.view().cite(List.of(create.id())))
                                .with("auth_events", cited(attack, create)));
        var topic =
                event(
                        attack,
                        draft(attack, create, "m.room.topic", "", 3)
                                .with(
                                        "content",
                                        JsonObject.builder().put("topic", "elsewhere").build())
                                .with("prev_events", attack.view().cite(List.of(join.id())))
                                .with("auth_events", cited(attack, create, join)));
        return new ForeignRoom(attack, List.of(create, join, topic));
    }

    Pdu tip() {
        return events.getLast();
    }

    WireResponse answerEvent(Answers.Asked asked) {
        return events.stream()
                .filter(event -> event.id().value().equals(asked.parameters().getFirst()))
                .findFirst()
                .map(event -> Answers.json(GetEvent.ENDPOINT.answer().encode(only(event))))
                .orElseGet(Answers::notFound);
    }

    private EventsAnswer only(Pdu event) {
        return EventsAnswer.of(
                attack.peer().name(), attack.peer().now(), List.of(new RawPdu(event.json())));
    }

    private static Pdu create(Attack attack) {
        var content =
                JsonObject.builder()
                        .put("room_version", attack.view().rules().version().id())
                        .put("creator", attack.user().value())
                        .build();
        var json =
                JsonObject.builder()
                        .put("type", "m.room.create")
                        .put("state_key", "")
                        .put("sender", attack.user().value())
                        .put("content", content)
                        .put("depth", 1)
                        .put("origin_server_ts", attack.peer().now())
                        .put("prev_events", JsonArray.empty())
                        .put("auth_events", JsonArray.empty());
        if (!attack.view().rules().roomIdIsCreateHash()) {
            json.put("room_id", "!elsewhere" + attack.stage().nextNumber() + ":evil");
        }
        return event(attack, json.build());
    }

    private static JsonObject draft(
            Attack attack, Pdu create, String type, String stateKey, long depth) {
        return JsonObject.builder()
                .put("type", type)
                .put("state_key", stateKey)
                .put("sender", attack.user().value())
                .put("room_id", create.roomId().value())
                .put("depth", depth)
                .put("origin_server_ts", attack.peer().now())
                .build();
    }

    private static Pdu event(Attack attack, JsonObject draft) {
        RoomVersionRules rules = attack.view().rules();
        var event =
                EventParser.event(
                        rules, attack.sign(draft, attack.peer().name(), attack.peer().key()));
        attack.stage().orphans().add(event.id());
        return event;
    }

    private static JsonArray cited(Attack attack, Pdu create, Pdu... more) {
        var ids = new ArrayList<EventId>();
        if (!attack.view().rules().roomIdIsCreateHash()) {
            ids.add(create.id());
        }
        List.of(more).forEach(event -> ids.add(event.id()));
        return attack.view().cite(ids);
    }
}
