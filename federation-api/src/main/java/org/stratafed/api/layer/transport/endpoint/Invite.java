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

    private static final RoomVersion SECOND = new RoomVersion("2");

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

    /// What it was in the first version of the API, in which the room's version goes unsaid: asked
    /// of servers that haven't heard of the second, and answered to them.
    public static final Endpoint<InviteRequest, RawPdu> V1 =
            new Endpoint<>(
                    "invite_v1",
                    "PUT",
                    new PathTemplate("/_matrix/federation/v1/invite/{roomId}/{eventId}"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new QuestionV1(),
                    new StatusAndAnswerCodec<>(new Answer()));

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

    /// The body is the event, with what is told of the room in its `unsigned`.
    private static final class QuestionV1 implements QuestionCodec<InviteRequest> {

        private static final String UNSIGNED = "unsigned";
        private static final String STATE = "invite_room_state";

        @Override
        public RequestParts encode(InviteRequest question) {
            var event = question.pdu().json();
            var unsigned =
                    event.object(UNSIGNED)
                            .orElse(JsonObject.empty())
                            .with(STATE, JsonArray.of(question.roomState()));
            return new RequestParts(
                    List.of(question.room().value(), question.event().value()),
                    List.of(),
                    Optional.of(event.with(UNSIGNED, unsigned)));
        }

        @Override
        public InviteRequest decode(RequestParts parts) {
            var body = QuestionReader.body(parts);
            var unsigned = body.object(UNSIGNED).orElse(JsonObject.empty());
            var state = QuestionReader.arrayIfPresent(unsigned, STATE).objects();
            return new InviteRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.path(parts, 1, "eventId", EventId::parse),
                    version(state),
                    new RawPdu(withUnsigned(body, unsigned.without(STATE))),
                    state);
        }

        private static JsonObject withUnsigned(JsonObject event, JsonObject unsigned) {
            return unsigned.isEmpty() ? event.without(UNSIGNED) : event.with(UNSIGNED, unsigned);
        }

        /// Of version 1 or 2, whose events have the same form: what is told of the room may say.
        private static RoomVersion version(List<JsonObject> state) {
            return state.stream()
                    .filter(event -> event.string("type").equals(Optional.of("m.room.create")))
                    .flatMap(event -> event.object("content").stream())
                    .flatMap(content -> content.string("room_version").stream())
                    .flatMap(version -> RoomVersion.parse(version).stream())
                    .filter(SECOND::equals)
                    .findFirst()
                    .orElse(RoomVersion.WHEN_UNNAMED);
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
