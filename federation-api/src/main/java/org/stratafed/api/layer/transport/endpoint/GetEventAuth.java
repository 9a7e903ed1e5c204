package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks for the whole auth chain of an event.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">
///     Retrieving events</a>
public final class GetEventAuth {

    private static final int ANSWER_BYTES_MAX = 64 << 20;

    public static final Endpoint<EventInRoom, List<RawPdu>> ENDPOINT =
            new Endpoint<>(
                    "event_auth",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/event_auth/{roomId}/{eventId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private GetEventAuth() {}

    private static final class Question implements QuestionCodec<EventInRoom> {

        @Override
        public RequestParts encode(EventInRoom question) {
            return new RequestParts(
                    List.of(question.room().value(), question.event().value()),
                    List.of(),
                    Optional.empty());
        }

        @Override
        public EventInRoom decode(RequestParts parts) {
            return new EventInRoom(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.path(parts, 1, "eventId", EventId::parse));
        }
    }

    private static final class Answer implements AnswerCodec<List<RawPdu>> {

        @Override
        public JsonValue encode(List<RawPdu> authChain) {
            return JsonObject.builder().put("auth_chain", PduLists.of(authChain)).build();
        }

        @Override
        public List<RawPdu> decode(JsonValue json) {
            return AnswerReader.pdus(AnswerReader.object(json), "auth_chain");
        }
    }
}
