package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Hands a signed knock to a resident server, which answers with what it tells of the room: whole
/// events, or from old servers stripped ones.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#knocking-upon-a-room">Knocking
///     upon a room</a>
public final class SendKnock {

    private static final int ANSWER_BYTES_MAX = 32 * 65_536;

    public static final Endpoint<SignedMembership, List<JsonObject>> ENDPOINT =
            new Endpoint<>(
                    "send_knock",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/send_knock/{roomId}/{eventId}"),
                    SignedMembershipQuestion.REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new SignedMembershipQuestion(),
                    new Answer());

    private SendKnock() {}

    private static final class Answer implements AnswerCodec<List<JsonObject>> {

        private static final String STATE = "knock_room_state";

        @Override
        public JsonValue encode(List<JsonObject> state) {
            return JsonObject.builder().put(STATE, JsonArray.of(state)).build();
        }

        @Override
        public List<JsonObject> decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return answer.array(STATE).orElse(JsonArray.empty()).objects();
        }
    }
}
