package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersion;

/// Hands an invite to the invited user's server, which answers with the event as it signed it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">
///     Inviting to a room</a>
public final class Invite {

    /// The invite itself and the handful of state events that describe the room.
    private static final int REQUEST_BYTES_MAX = 32 * 65_536;

    private static final int ANSWER_BYTES_MAX = 8 * 65_536;

    public static final Endpoint<InviteRequest, RawPdu> ENDPOINT =
            new Endpoint<>(
                    "invite",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v2/invite/{roomId}/{eventId}"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private Invite() {}

    private static final class Question implements QuestionCodec<InviteRequest> {

        @Override
        public RequestParts encode(InviteRequest question) {
            var body =
                    JsonObject.builder()
                            .put("room_version", question.version().id())
                            .put("event", question.pdu().json())
                            .put("invite_room_state", JsonArray.of(question.roomState()))
                            .build();
            return new RequestParts(
                    List.of(question.room().value(), question.event().value()),
                    List.of(),
                    Optional.of(body));
        }

        @Override
        public InviteRequest decode(RequestParts parts) {
            var body = QuestionReader.body(parts);
            return new InviteRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.path(parts, 1, "eventId", EventId::parse),
                    QuestionReader.string(body, "room_version", RoomVersion::parse),
                    new RawPdu(QuestionReader.object(body, "event")),
                    QuestionReader.arrayIfPresent(body, "invite_room_state").objects());
        }
    }

    private static final class Answer implements AnswerCodec<RawPdu> {

        @Override
        public JsonValue encode(RawPdu event) {
            return JsonObject.builder().put("event", event.json()).build();
        }

        @Override
        public RawPdu decode(JsonValue json) {
            return new RawPdu(AnswerReader.object(AnswerReader.object(json), "event"));
        }
    }
}
