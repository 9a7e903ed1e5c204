package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// The question for a room's state before an event: the room is in the path, the event in the
/// query.
final class StateQuestion implements QuestionCodec<EventInRoom> {

    @Override
    public RequestParts encode(EventInRoom question) {
        return new RequestParts(
                List.of(question.room().value()),
                List.of(new QueryParameter("event_id", question.event().value())),
                Optional.empty());
    }

    @Override
    public EventInRoom decode(RequestParts parts) {
        return new EventInRoom(
                QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                QuestionReader.query(parts, "event_id", EventId::parse));
    }
}
