package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks for events between those one has and those one was sent.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/">
///     Server-server API, backfilling and retrieving missing events</a>
public final class GetMissingEvents {

    private static final int LIMIT_DEFAULT = 10;
    private static final int MIN_DEPTH_DEFAULT = 0;

    /// Two lists of event ids, which are a room's extremities.
    private static final int REQUEST_BYTES_MAX = 1 << 20;

    private static final int ANSWER_BYTES_MAX = 16 << 20;

    public static final Endpoint<MissingEventsRequest, List<RawPdu>> ENDPOINT =
            new Endpoint<>(
                    "get_missing_events",
                    "POST",
                    new PathTemplate("/_matrix/federation/v1/get_missing_events/{roomId}"),
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private GetMissingEvents() {}

    private static final class Question implements QuestionCodec<MissingEventsRequest> {

        @Override
        public RequestParts encode(MissingEventsRequest question) {
            var body =
                    JsonObject.builder()
                            .put("earliest_events", PduLists.ofIds(question.earliest()))
                            .put("latest_events", PduLists.ofIds(question.latest()))
                            .put("limit", question.limit())
                            .put("min_depth", question.minDepth())
                            .build();
            return new RequestParts(List.of(question.room().value()), List.of(), Optional.of(body));
        }

        @Override
        public MissingEventsRequest decode(RequestParts parts) {
            var body = QuestionReader.body(parts);
            var limit = QuestionReader.integer(body, "limit", LIMIT_DEFAULT);
            return new MissingEventsRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.strings(body, "earliest_events", EventId::parse),
                    QuestionReader.strings(body, "latest_events", EventId::parse),
                    QuestionReader.count(limit, "limit"),
                    QuestionReader.integer(body, "min_depth", MIN_DEPTH_DEFAULT));
        }
    }

    private static final class Answer implements AnswerCodec<List<RawPdu>> {

        @Override
        public JsonValue encode(List<RawPdu> events) {
            return JsonObject.builder().put("events", PduLists.of(events)).build();
        }

        @Override
        public List<RawPdu> decode(JsonValue json) {
            return AnswerReader.pdus(AnswerReader.object(json), "events");
        }
    }
}
