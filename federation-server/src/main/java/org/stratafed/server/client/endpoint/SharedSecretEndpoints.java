package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.client.account.Accounts;
import org.stratafed.server.client.account.DeviceWish;
import org.stratafed.server.client.account.Nonces;
import org.stratafed.server.client.account.SharedSecret;
import org.stratafed.server.client.account.SharedSecret.Registration;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// Making an account with the shared secret, so that Synapse's tools work here.
///
/// @see <a href="https://element-hq.github.io/synapse/latest/admin_api/register_api.html">
///     Shared-secret registration</a>
public final class SharedSecretEndpoints {

    private static final String PATH = "/_synapse/admin/v1/register";

    private final Accounts accounts;
    private final EngineCalls engine;
    private final Nonces nonces;
    private final Optional<SharedSecret> secret;

    /// @param secret if there is one
    public SharedSecretEndpoints(
            Accounts accounts, EngineCalls engine, Nonces nonces, Optional<SharedSecret> secret) {
        this.accounts = accounts;
        this.engine = engine;
        this.nonces = nonces;
        this.secret = secret;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.open("GET", PATH, _ -> nonce()),
                ClientEndpoint.open("POST", PATH, this::register));
    }

    private Uni<ClientAnswer> nonce() {
        secret();
        return Uni.createFrom().item(ClientAnswer.ok("nonce", nonces.fresh()));
    }

    private Uni<ClientAnswer> register(Call call) {
        SharedSecret shared = secret();
        JsonFields body = call.fields();
        var registration =
                new Registration(
                        body.requiredString("nonce"),
                        body.requiredString("username"),
                        body.requiredString("password"),
                        body.bool("admin").orElse(false),
                        body.string("user_type"));
        if (!nonces.use(registration.nonce())) {
            throw unknown("Unrecognised nonce");
        }
        if (!shared.proves(registration, body.requiredString("mac"))) {
            throw MatrixException.forbidden("HMAC incorrect");
        }
        UserId user = accounts.newUser(registration.username());
        return engine.call(
                        () ->
                                accounts.register(
                                        user, registration.password(), registration.admin()))
                .chain(() -> engine.call(() -> accounts.login(user, DeviceWish.NONE)))
                .map(SessionEndpoints::answer);
    }

    private SharedSecret secret() {
        return secret.orElseThrow(() -> unknown("Shared secret registration is not enabled"));
    }

    private static MatrixException unknown(String message) {
        return new MatrixException(MatrixErrorCode.UNKNOWN, message).withStatus(400);
    }
}
