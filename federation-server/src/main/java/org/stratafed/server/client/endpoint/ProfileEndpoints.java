package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// How users call themselves.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#profiles">Profiles</a>
public final class ProfileEndpoints {

    private static final String FIELD = "/profile/{userId}/{keyName}";

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public ProfileEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.openV3("GET", "/profile/{userId}", this::profile),
                ClientEndpoint.openV3("GET", FIELD, this::field),
                ClientEndpoint.v3("PUT", FIELD, this::setField),
                ClientEndpoint.v3("DELETE", FIELD, this::removeField));
    }

    private Uni<ClientAnswer> profile(Call call) {
        UserId user = call.user(0);
        return engine.call(() -> messaging.profiles().profile(user)).map(ClientAnswer::ok);
    }

    private Uni<ClientAnswer> field(Call call) {
        UserId user = call.user(0);
        String field = call.parameter(1);
        return engine.call(() -> messaging.profiles().profile(user))
                .map(profile -> ClientAnswer.ok(only(field, profile)));
    }

    private static JsonObject only(String field, JsonObject profile) {
        return profile.get(field)
                .map(value -> JsonObject.builder().put(field, value).build())
                .orElseThrow(() -> MatrixException.notFound("The profile has no such field"));
    }

    private Uni<ClientAnswer> setField(Call call, Caller caller) {
        String field = call.parameter(1);
        JsonObject body = call.request().json();
        if (!body.has(field)) {
            throw MatrixException.missingParam(field + " is missing");
        }
        return set(call, caller, call.fields().get(field));
    }

    private Uni<ClientAnswer> removeField(Call call, Caller caller) {
        return set(call, caller, Optional.empty());
    }

    private Uni<ClientAnswer> set(Call call, Caller caller, Optional<JsonValue> value) {
        if (!call.user(0).equals(caller.user())) {
            throw MatrixException.forbidden("That is another user's profile");
        }
        String field = call.parameter(1);
        return engine.call(() -> messaging.profiles().setField(caller.user(), field, value))
                .replaceWith(ClientAnswer.EMPTY);
    }
}
