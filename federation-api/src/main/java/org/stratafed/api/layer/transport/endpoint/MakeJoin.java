package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;

/// Asks a resident server for the template of a join.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public final class MakeJoin {

    private static final int ANSWER_BYTES_MAX = 8 * 65_536;

    public static final Endpoint<MembershipRequest, MembershipTemplate> ENDPOINT =
            new Endpoint<>(
                    "make_join",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/make_join/{roomId}/{userId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new MembershipTemplateCodec());

    private MakeJoin() {}

    private static final class Question implements QuestionCodec<MembershipRequest> {

        @Override
        public RequestParts encode(MembershipRequest question) {
            return new RequestParts(
                    List.of(question.room().value(), question.user().value()),
                    question.versions().stream()
                            .map(version -> new QueryParameter("ver", version.id()))
                            .toList(),
                    Optional.empty());
        }

        @Override
        public MembershipRequest decode(RequestParts parts) {
            return new MembershipRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.path(parts, 1, "userId", UserId::parse),
                    versions(parts.queryAll("ver")));
        }

        /// Of versions the asker names, a malformed one can't be the room's.
        private static List<RoomVersion> versions(List<String> named) {
            return named.isEmpty()
                    ? List.of(RoomVersion.WHEN_UNNAMED)
                    : named.stream()
                            .flatMap(version -> RoomVersion.parse(version).stream())
                            .toList();
        }
    }
}
