package org.stratafed.server.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientRequest;
import org.stratafed.server.client.routing.Query;
import org.stratafed.server.engine.TestServer;
import org.stratafed.server.host.LongPolls;
import org.stratafed.server.host.RegistrationSettings;

/// The client API of a whole homeserver over a real database, without HTTP.
final class ClientWorld implements AutoCloseable {

    static final String SECRET = "s3cr3t";

    private static final String V3 = "/_matrix/client/v3";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final TestServer server;
    private final ClientApi api;

    ClientWorld(Path folder, boolean registration) {
        server = new TestServer(1, folder, loop, new HashMap<>());
        api =
                new ClientApi(
                        new ClientApi.Parts(
                                server.messaging(),
                                server.sessions(),
                                server.name,
                                RoomVersionRules.recommended().version(),
                                new RegistrationSettings(registration, Optional.of(SECRET)),
                                new LongPolls()),
                        loop,
                        workers,
                        InstantSource.system(),
                        new SecureRandom());
    }

    String serverName() {
        return server.name.value();
    }

    /// What a request under the usual prefix is answered.
    ///
    /// @param token of the user who asks; empty for nobody's
    ClientAnswer ask(String token, String method, String target, String body) {
        return askAt(token, method, V3 + target, body);
    }

    ClientAnswer askAt(String token, String method, String target, String body) {
        int question = target.indexOf('?');
        return api.answer(
                        new ClientRequest(
                                method,
                                question < 0 ? target : target.substring(0, question),
                                question < 0
                                        ? Query.EMPTY
                                        : Query.parse(target.substring(question + 1)),
                                token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token),
                                body.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);
    }

    /// The body of an answer that must be a success.
    JsonObject ok(String token, String method, String target, String body) {
        ClientAnswer answer = ask(token, method, target, body);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body() + server.defects());
        }
        return (JsonObject) answer.body();
    }

    /// Registers a user and answers the access token.
    String register(String username) {
        return ok(
                        "",
                        "POST",
                        "/register",
                        """
                        {"username": "%s", "password": "secret",
                         "auth": {"type": "m.login.dummy"}}
                        """
                                .formatted(username))
                .string("access_token")
                .orElseThrow();
    }

    @Override
    public void close() {
        api.close();
        server.close();
        workers.shutdownNow();
        loop.shutdownNow();
    }
}
