package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// Events in the shape of a transaction.
final class EventsAnswerCodec implements AnswerCodec<EventsAnswer> {

    @Override
    public JsonValue encode(EventsAnswer answer) {
        var json =
                JsonObject.builder()
                        .putIfPresent(
                                "origin",
                                answer.origin().map(origin -> new JsonString(origin.value())));
        answer.originServerTs().ifPresent(time -> json.put("origin_server_ts", time));
        return json.put("pdus", PduLists.of(answer.pdus())).build();
    }

    @Override
    public EventsAnswer decode(JsonValue json) {
        var answer = AnswerReader.object(json);
        return new EventsAnswer(
                answer.string("origin").flatMap(ServerName::parse),
                answer.integer("origin_server_ts"),
                AnswerReader.pdus(answer, "pdus"));
    }
}
