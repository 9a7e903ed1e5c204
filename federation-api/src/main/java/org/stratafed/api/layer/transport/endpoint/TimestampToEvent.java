package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks which event of a room is nearest to a time.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">
///     Retrieving events</a>
public final class TimestampToEvent {

    private static final int ANSWER_BYTES_MAX = 65_536;

    public static final Endpoint<TimestampRequest, EventAtTime> ENDPOINT =
            new Endpoint<>(
                    "timestamp_to_event",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/timestamp_to_event/{roomId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private TimestampToEvent() {}

    private static final class Question implements QuestionCodec<TimestampRequest> {

        @Override
        public RequestParts encode(TimestampRequest question) {
            return new RequestParts(
                    List.of(question.room().value()),
                    List.of(
                            new QueryParameter("ts", Long.toString(question.timestamp())),
                            new QueryParameter("dir", question.backwards() ? "b" : "f")),
                    Optional.empty());
        }

        @Override
        public TimestampRequest decode(RequestParts parts) {
            return new TimestampRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.query(parts, "ts", Question::timestamp),
                    QuestionReader.query(parts, "dir", Question::isBackwards));
        }

        private static Optional<Long> timestamp(String text) {
            try {
                var timestamp = new JsonNumber(text).asLong();
                return timestamp.isPresent()
                        ? Optional.of(timestamp.getAsLong())
                        : Optional.empty();
            } catch (IllegalArgumentException notANumber) {
                return Optional.empty();
            }
        }

        private static Optional<Boolean> isBackwards(String direction) {
            return switch (direction) {
                case "b" -> Optional.of(true);
                case "f" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    }

    private static final class Answer implements AnswerCodec<EventAtTime> {

        private static final String TIMESTAMP = "origin_server_ts";

        @Override
        public JsonValue encode(EventAtTime answer) {
            return JsonObject.builder()
                    .put("event_id", answer.event().value())
                    .put(TIMESTAMP, answer.originServerTs())
                    .build();
        }

        @Override
        public EventAtTime decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new EventAtTime(
                    AnswerReader.string(answer, "event_id", EventId::parse),
                    answer.integer(TIMESTAMP)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    TIMESTAMP + " is no integer")));
        }
    }
}
