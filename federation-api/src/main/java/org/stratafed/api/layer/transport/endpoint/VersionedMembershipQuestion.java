package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;

/// The question for a template by which somebody enters a room: it names the room versions that the
/// asker could take part in.
///
/// @param isVersionRequired whether no version named is an error, rather than the oldest
record VersionedMembershipQuestion(boolean isVersionRequired)
        implements QuestionCodec<MembershipRequest> {

    private static final String VERSION = "ver";

    @Override
    public RequestParts encode(MembershipRequest question) {
        return new RequestParts(
                List.of(question.room().value(), question.user().value()),
                question.versions().stream()
                        .map(version -> new QueryParameter(VERSION, version.id()))
                        .toList(),
                Optional.empty());
    }

    @Override
    public MembershipRequest decode(RequestParts parts) {
        return new MembershipRequest(
                QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                QuestionReader.path(parts, 1, "userId", UserId::parse),
                versions(parts.queryAll(VERSION)));
    }

    /// Of versions the asker names, a malformed one can't be the room's.
    private List<RoomVersion> versions(List<String> named) {
        if (!named.isEmpty()) {
            return named.stream().flatMap(version -> RoomVersion.parse(version).stream()).toList();
        }
        if (isVersionRequired) {
            throw MatrixException.missingParam(VERSION + " is missing");
        }
        return List.of(RoomVersion.WHEN_UNNAMED);
    }
}
