package org.stratafed.server.client.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.ClientAnswer;

/// The one flow of user-interactive authentication there is: a single stage that anybody passes.
/// So there is nothing to remember of a session, and any is as good as another.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#client-authentication">Client
///     authentication</a>
final class InteractiveAuth {

    private static final String DUMMY = "m.login.dummy";
    private static final int UNAUTHORIZED = 401;

    private InteractiveAuth() {}

    /// What is to be answered to a request that isn't authenticated; empty for one that is.
    ///
    /// @param session for a client that has none
    static Optional<ClientAnswer> challenge(JsonFields body, String session) {
        JsonFields auth = body.fields("auth");
        Optional<String> type = auth.string("type");
        if (type.filter(DUMMY::equals).isPresent()) {
            return Optional.empty();
        }
        var challenge = JsonObject.builder();
        if (type.isPresent()) {
            challenge
                    .put("errcode", "M_UNRECOGNIZED")
                    .put("error", "Not a stage of any of the flows");
        }
        var flow = JsonObject.builder().put("stages", JsonArray.ofStrings(List.of(DUMMY))).build();
        return Optional.of(
                new ClientAnswer(
                        UNAUTHORIZED,
                        challenge
                                .put("session", auth.string("session").orElse(session))
                                .put("flows", JsonArray.of(List.of(flow)))
                                .put("params", JsonObject.empty())
                                .build()));
    }
}
