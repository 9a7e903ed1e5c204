package org.stratafed.api.layer.transport.endpoint;

import java.util.Optional;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersion;

/// What a resident server proposes as a membership event. Nothing of the event is checked here:
/// whether it is what was asked for, the asker has to see.
final class MembershipTemplateCodec implements AnswerCodec<MembershipTemplate> {

    @Override
    public JsonValue encode(MembershipTemplate template) {
        return JsonObject.builder()
                .put("event", template.event())
                .putIfPresent(
                        "room_version",
                        template.roomVersion().map(version -> new JsonString(version.id())))
                .build();
    }

    @Override
    public MembershipTemplate decode(JsonValue json) {
        var answer = AnswerReader.object(json);
        return new MembershipTemplate(AnswerReader.object(answer, "event"), version(answer));
    }

    private static Optional<RoomVersion> version(JsonObject answer) {
        var named = answer.get("room_version");
        return named.isEmpty() || named.get() instanceof JsonNull
                ? Optional.empty()
                : Optional.of(AnswerReader.string(answer, "room_version", RoomVersion::parse));
    }
}
