package org.stratafed.api.layer.transport.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.PublicRoomsRequest.Filter;
import org.stratafed.api.model.exchange.PublicRoomsRequest.Networks;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks for the rooms that a server has published: all of them, or with a filter.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#published-room-directory">
///     Published room directory</a>
public final class PublicRoomsList {

    /// Some thousand rooms, if their topics are no novels.
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    private static final int REQUEST_BYTES_MAX = 65_536;
    private static final PathTemplate PATH = new PathTemplate("/_matrix/federation/v1/publicRooms");

    public static final Endpoint<PublicRoomsRequest, PublicRooms> ENDPOINT =
            new Endpoint<>(
                    "public_rooms",
                    "GET",
                    PATH,
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    /// The same with a filter, which takes a body.
    public static final Endpoint<PublicRoomsRequest, PublicRooms> FILTERED =
            new Endpoint<>(
                    "query_public_rooms",
                    "POST",
                    PATH,
                    REQUEST_BYTES_MAX,
                    ANSWER_BYTES_MAX,
                    new FilteredQuestion(),
                    new Answer());

    private static final String LIMIT = "limit";
    private static final String SINCE = "since";
    private static final String ALL_NETWORKS = "include_all_networks";
    private static final String NETWORK = "third_party_instance_id";

    private PublicRoomsList() {}

    /// None at all and 0 mean the same.
    private static OptionalInt limit(long limit) {
        if (limit < 0) {
            throw MatrixException.invalidParam(LIMIT + " is negative");
        }
        return limit == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(limit, Integer.MAX_VALUE));
    }

    private static Networks networks(boolean all, Optional<String> only) {
        if (all && only.isPresent()) {
            throw MatrixException.invalidParam(NETWORK + " is for a single network");
        }
        return new Networks(all, only);
    }

    private static final class Question implements QuestionCodec<PublicRoomsRequest> {

        @Override
        public RequestParts encode(PublicRoomsRequest question) {
            var query = new ArrayList<QueryParameter>();
            question.limit()
                    .ifPresent(it -> query.add(new QueryParameter(LIMIT, Integer.toString(it))));
            question.since().ifPresent(it -> query.add(new QueryParameter(SINCE, it)));
            if (question.networks().all()) {
                query.add(new QueryParameter(ALL_NETWORKS, "true"));
            }
            question.networks().only().ifPresent(it -> query.add(new QueryParameter(NETWORK, it)));
            return new RequestParts(List.of(), query, Optional.empty());
        }

        @Override
        public PublicRoomsRequest decode(RequestParts parts) {
            return new PublicRoomsRequest(
                    parts.query(LIMIT).map(_ -> limit(number(parts))).orElse(OptionalInt.empty()),
                    parts.query(SINCE),
                    Filter.NONE,
                    networks(QuestionReader.flag(parts, ALL_NETWORKS), parts.query(NETWORK)));
        }

        private static long number(RequestParts parts) {
            return QuestionReader.query(parts, LIMIT, Question::integer);
        }

        private static Optional<Long> integer(String text) {
            try {
                var number = new JsonNumber(text).asLong();
                return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
            } catch (IllegalArgumentException notANumber) {
                return Optional.empty();
            }
        }
    }

    private static final class FilteredQuestion implements QuestionCodec<PublicRoomsRequest> {

        @Override
        public RequestParts encode(PublicRoomsRequest question) {
            var body = JsonObject.builder();
            question.limit().ifPresent(it -> body.put(LIMIT, it));
            question.since().ifPresent(it -> body.put(SINCE, it));
            if (!question.filter().equals(Filter.NONE)) {
                body.put("filter", PublicRoomsFilter.write(question.filter()));
            }
            if (question.networks().all()) {
                body.put(ALL_NETWORKS, true);
            }
            question.networks().only().ifPresent(it -> body.put(NETWORK, it));
            return new RequestParts(List.of(), List.of(), Optional.of(body.build()));
        }

        @Override
        public PublicRoomsRequest decode(RequestParts parts) {
            return request(QuestionReader.body(parts));
        }
    }

    /// The question as the body of a request has it, of a server or a client.
    public static PublicRoomsRequest request(JsonObject body) {
        return new PublicRoomsRequest(
                limit(QuestionReader.integer(body, LIMIT, 0)),
                QuestionReader.text(body, SINCE),
                PublicRoomsFilter.read(QuestionReader.objectIfPresent(body, "filter")),
                networks(
                        QuestionReader.flag(body, ALL_NETWORKS),
                        QuestionReader.text(body, NETWORK)));
    }

    private static final class Answer implements AnswerCodec<PublicRooms> {

        /// Of a peer's answer. What comes after these is left out.
        private static final int ROOMS_MAX = 10_000;

        private static final String CHUNK = "chunk";
        private static final String NEXT = "next_batch";
        private static final String PREVIOUS = "prev_batch";
        private static final String TOTAL = "total_room_count_estimate";

        @Override
        public JsonValue encode(PublicRooms answer) {
            var json = JsonObject.builder();
            json.put(
                    CHUNK,
                    JsonArray.of(answer.chunk().stream().map(RoomSummaryFormat::write).toList()));
            answer.nextBatch().ifPresent(it -> json.put(NEXT, it));
            answer.prevBatch().ifPresent(it -> json.put(PREVIOUS, it));
            answer.total().ifPresent(it -> json.put(TOTAL, it));
            return json.build();
        }

        @Override
        public PublicRooms decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new PublicRooms(
                    answer.array(CHUNK).orElse(JsonArray.empty()).objects().stream()
                            .limit(ROOMS_MAX)
                            .flatMap(room -> RoomSummaryFormat.read(room).stream())
                            .toList(),
                    answer.string(NEXT),
                    answer.string(PREVIOUS),
                    answer.integer(TOTAL));
        }
    }
}
