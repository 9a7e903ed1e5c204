package org.stratafed.api.layer.transport.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks a user's server for the profile, or for one field of it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#querying-for-information">
///     Querying for information</a>
public final class QueryProfile {

    private static final int ANSWER_BYTES_MAX = 1 << 20;

    public static final Endpoint<ProfileRequest, JsonObject> ENDPOINT =
            new Endpoint<>(
                    "query_profile",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/query/profile"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private QueryProfile() {}

    private static final class Question implements QuestionCodec<ProfileRequest> {

        @Override
        public RequestParts encode(ProfileRequest question) {
            var query = new ArrayList<QueryParameter>();
            query.add(new QueryParameter("user_id", question.user().value()));
            question.field().ifPresent(field -> query.add(new QueryParameter("field", field)));
            return new RequestParts(List.of(), query, Optional.empty());
        }

        @Override
        public ProfileRequest decode(RequestParts parts) {
            return new ProfileRequest(
                    QuestionReader.query(parts, "user_id", UserId::parse), parts.query("field"));
        }
    }

    private static final class Answer implements AnswerCodec<JsonObject> {

        @Override
        public JsonValue encode(JsonObject profile) {
            return profile;
        }

        @Override
        public JsonObject decode(JsonValue json) {
            return AnswerReader.object(json);
        }
    }
}
