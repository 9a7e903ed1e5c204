package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;

/// Asks a resident server for the template of a leave, which also rejects an invite or takes a
/// knock back.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites">
///     Leaving rooms</a>
public final class MakeLeave {

    private static final int ANSWER_BYTES_MAX = 8 * 65_536;

    public static final Endpoint<MembershipRequest, MembershipTemplate> ENDPOINT =
            new Endpoint<>(
                    "make_leave",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/make_leave/{roomId}/{userId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new MembershipTemplateCodec());

    private MakeLeave() {}

    private static final class Question implements QuestionCodec<MembershipRequest> {

        @Override
        public RequestParts encode(MembershipRequest question) {
            return new RequestParts(
                    List.of(question.room().value(), question.user().value()),
                    List.of(),
                    Optional.empty());
        }

        @Override
        public MembershipRequest decode(RequestParts parts) {
            return new MembershipRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.path(parts, 1, "userId", UserId::parse),
                    List.of());
        }
    }
}
