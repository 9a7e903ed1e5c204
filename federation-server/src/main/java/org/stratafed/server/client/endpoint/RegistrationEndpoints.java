package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Accounts;
import org.stratafed.server.client.account.DeviceWish;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;
import org.stratafed.server.host.RegistrationSettings;

/// Making an account, where everybody may.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register">
///     `register`</a>
public final class RegistrationEndpoints {

    private final Accounts accounts;
    private final EngineCalls engine;
    private final RegistrationSettings settings;

    public RegistrationEndpoints(
            Accounts accounts, EngineCalls engine, RegistrationSettings settings) {
        this.accounts = accounts;
        this.engine = engine;
        this.settings = settings;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.openV3("POST", "/register", this::register),
                ClientEndpoint.openV3("GET", "/register/available", this::available));
    }

    private Uni<ClientAnswer> register(Call call) {
        if (!settings.enabled()) {
            throw MatrixException.forbidden("Registration isn't open on this server");
        }
        if (call.query().first("kind").filter("guest"::equals).isPresent()) {
            throw new MatrixException(
                    MatrixErrorCode.GUEST_ACCESS_FORBIDDEN, "There are no guests on this server");
        }
        JsonFields body = call.fields();
        Optional<UserId> wished = body.string("username").map(accounts::newUser);
        Optional<ClientAnswer> challenge =
                InteractiveAuth.challenge(body, accounts.freshLocalpart());
        return challenge.isPresent()
                ? unlessTaken(wished, challenge.get())
                : register(wished.orElseGet(this::anybody), body);
    }

    /// Whoever wants a name that is taken is told so before they authenticate.
    private Uni<ClientAnswer> unlessTaken(Optional<UserId> wished, ClientAnswer challenge) {
        return wished.isEmpty()
                ? Uni.createFrom().item(challenge)
                : engine.call(() -> accounts.checkAvailable(wished.get())).replaceWith(challenge);
    }

    private Uni<ClientAnswer> register(UserId user, JsonFields body) {
        String password = body.requiredString("password");
        DeviceWish device = SessionEndpoints.device(body);
        boolean login = !body.bool("inhibit_login").orElse(false);
        Uni<Void> made = engine.call(() -> accounts.register(user, password, false));
        return login
                ? made.chain(() -> engine.call(() -> accounts.login(user, device)))
                        .map(SessionEndpoints::answer)
                : made.replaceWith(registered(user));
    }

    private static ClientAnswer registered(UserId user) {
        return ClientAnswer.ok(
                JsonObject.builder()
                        .put("user_id", user.value())
                        .put("home_server", user.server().value())
                        .build());
    }

    private Uni<ClientAnswer> available(Call call) {
        String localpart =
                call.query()
                        .first("username")
                        .orElseThrow(() -> MatrixException.missingParam("username is missing"));
        UserId user = accounts.newUser(localpart);
        return engine.call(() -> accounts.checkAvailable(user))
                .replaceWith(ClientAnswer.ok(JsonObject.builder().put("available", true).build()));
    }

    private UserId anybody() {
        return accounts.newUser(accounts.freshLocalpart());
    }
}
