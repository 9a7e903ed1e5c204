package org.stratafed.api.layer.transport.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonNumber;

/// Asks for events and what came before them.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/">
///     Server-server API, backfilling and retrieving missing events</a>
public final class Backfill {

    /// Some hundred events of the largest size, and very many of the usual one.
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    public static final Endpoint<BackfillRequest, EventsAnswer> ENDPOINT =
            new Endpoint<>(
                    "backfill",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/backfill/{roomId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new EventsAnswerCodec());

    private Backfill() {}

    private static final class Question implements QuestionCodec<BackfillRequest> {

        @Override
        public RequestParts encode(BackfillRequest question) {
            var query = new ArrayList<QueryParameter>();
            question.from().forEach(event -> query.add(new QueryParameter("v", event.value())));
            query.add(new QueryParameter("limit", Integer.toString(question.limit())));
            return new RequestParts(List.of(question.room().value()), query, Optional.empty());
        }

        @Override
        public BackfillRequest decode(RequestParts parts) {
            return new BackfillRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.queryAll(parts, "v", EventId::parse),
                    QuestionReader.query(parts, "limit", Question::limit));
        }

        private static Optional<Integer> limit(String text) {
            try {
                var limit = new JsonNumber(text).asLong();
                return limit.isPresent() && limit.getAsLong() >= 0
                        ? Optional.of((int) Math.min(limit.getAsLong(), Integer.MAX_VALUE))
                        : Optional.empty();
            } catch (IllegalArgumentException notANumber) {
                return Optional.empty();
            }
        }
    }
}
