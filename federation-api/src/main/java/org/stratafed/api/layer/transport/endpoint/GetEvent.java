package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.id.EventId;

/// Asks for one event. The answer has it as its only one.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#retrieving-events">
///     Retrieving events</a>
public final class GetEvent {

    /// One event, which in an answer may be written with more escapes than it needs.
    private static final int ANSWER_BYTES_MAX = 8 * 65_536;

    public static final Endpoint<EventId, EventsAnswer> ENDPOINT =
            new Endpoint<>(
                    "event",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/event/{eventId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new EventsAnswerCodec());

    private GetEvent() {}

    private static final class Question implements QuestionCodec<EventId> {

        @Override
        public RequestParts encode(EventId event) {
            return new RequestParts(List.of(event.value()), List.of(), Optional.empty());
        }

        @Override
        public EventId decode(RequestParts parts) {
            return QuestionReader.path(parts, 0, "eventId", EventId::parse);
        }
    }
}
