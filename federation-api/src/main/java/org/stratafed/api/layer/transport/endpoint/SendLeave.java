package org.stratafed.api.layer.transport.endpoint;

import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Hands a signed leave to a resident server. The answer is an empty object.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
public final class SendLeave {

    private static final int ANSWER_BYTES_MAX = 65_536;

    public static final Endpoint<SignedMembership, JsonObject> ENDPOINT =
            new Endpoint<>(
                    "send_leave",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v2/send_leave/{roomId}/{eventId}"),
                    SignedMembershipQuestion.REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new SignedMembershipQuestion(),
                    new Answer());

    /// What it was in the first version of the API: answered to servers that haven't heard of the
    /// second.
    public static final Endpoint<SignedMembership, JsonObject> V1 =
            new Endpoint<>(
                    "send_leave_v1",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/send_leave/{roomId}/{eventId}"),
                    SignedMembershipQuestion.REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new SignedMembershipQuestion(),
                    new StatusAndAnswerCodec<>(new Answer()));

    private SendLeave() {}

    private static final class Answer implements AnswerCodec<JsonObject> {

        @Override
        public JsonValue encode(JsonObject answer) {
            return answer;
        }

        @Override
        public JsonObject decode(JsonValue json) {
            return AnswerReader.object(json);
        }
    }
}
