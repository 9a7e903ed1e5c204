package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Accounts;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.account.DeviceWish;
import org.stratafed.server.client.account.LoggedIn;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// Logging in and out.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#login">Login</a>
public final class SessionEndpoints {

    private static final String PASSWORD = "m.login.password";
    private static final String BY_USER = "m.id.user";

    private final Accounts accounts;
    private final EngineCalls engine;

    public SessionEndpoints(Accounts accounts, EngineCalls engine) {
        this.accounts = accounts;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.openV3("GET", "/login", _ -> flows()),
                ClientEndpoint.openV3("POST", "/login", this::login),
                ClientEndpoint.v3("POST", "/logout", (_, caller) -> logout(caller)),
                ClientEndpoint.v3("POST", "/logout/all", (_, caller) -> logoutAll(caller)),
                ClientEndpoint.v3("GET", "/account/whoami", (_, caller) -> whoami(caller)));
    }

    static DeviceWish device(JsonFields body) {
        return new DeviceWish(
                body.identifier("device_id", DeviceId::parse),
                body.string("initial_device_display_name"));
    }

    /// The answer to a login and to a registration.
    static ClientAnswer answer(LoggedIn login) {
        return ClientAnswer.ok(
                JsonObject.builder()
                        .put("user_id", login.caller().user().value())
                        .put("access_token", login.accessToken())
                        .put("device_id", login.caller().device().value())
                        .put("home_server", login.caller().user().server().value())
                        .build());
    }

    private static Uni<ClientAnswer> flows() {
        var flow = JsonObject.builder().put("type", PASSWORD).build();
        return Uni.createFrom()
                .item(
                        ClientAnswer.ok(
                                JsonObject.builder()
                                        .put("flows", JsonArray.of(List.of(flow)))
                                        .build()));
    }

    private Uni<ClientAnswer> login(Call call) {
        JsonFields body = call.fields();
        if (!body.requiredString("type").equals(PASSWORD)) {
            throw unknown("Not a login type of this server");
        }
        String user = user(body);
        String password = body.requiredString("password");
        DeviceWish device = device(body);
        return engine.call(() -> accounts.login(user, password, device))
                .map(SessionEndpoints::answer);
    }

    /// In `identifier` or, as older clients have it, in `user`.
    private static String user(JsonFields body) {
        if (!body.has("identifier")) {
            return body.requiredString("user");
        }
        JsonFields identifier = body.fields("identifier");
        if (!identifier.requiredString("type").equals(BY_USER)) {
            throw unknown("Not a type of identifier this server knows");
        }
        return identifier.requiredString("user");
    }

    private static MatrixException unknown(String message) {
        return new MatrixException(MatrixErrorCode.UNKNOWN, message).withStatus(400);
    }

    private Uni<ClientAnswer> logout(Caller caller) {
        return engine.call(() -> accounts.logout(caller)).replaceWith(ClientAnswer.EMPTY);
    }

    private Uni<ClientAnswer> logoutAll(Caller caller) {
        return engine.call(() -> accounts.logoutEverywhere(caller.user()))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private static Uni<ClientAnswer> whoami(Caller caller) {
        return Uni.createFrom()
                .item(
                        ClientAnswer.ok(
                                JsonObject.builder()
                                        .put("user_id", caller.user().value())
                                        .put("device_id", caller.device().value())
                                        .put("is_guest", false)
                                        .build()));
    }
}
