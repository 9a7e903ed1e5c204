package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// A signed membership event on its way to a resident server: the event is the body, what it is
/// said to be is in the path.
final class SignedMembershipQuestion implements QuestionCodec<SignedMembership> {

    /// One event, which in a request may be written with more escapes than it needs.
    static final int REQUEST_BYTES_MAX = 8 * 65_536;

    @Override
    public RequestParts encode(SignedMembership question) {
        return new RequestParts(
                List.of(question.room().value(), question.event().value()),
                List.of(),
                Optional.of(question.pdu().json()));
    }

    @Override
    public SignedMembership decode(RequestParts parts) {
        return new SignedMembership(
                QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                QuestionReader.path(parts, 1, "eventId", EventId::parse),
                new RawPdu(QuestionReader.body(parts)));
    }
}
