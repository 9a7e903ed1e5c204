package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.SharedSecret;
import org.stratafed.server.client.account.SharedSecret.Registration;
import org.stratafed.server.client.routing.ClientAnswer;

/// Accounts and access, seen through the client API.
class ClientAccountsTest {

    private static final String SECRET_PATH = "/_synapse/admin/v1/register";

    @TempDir Path folder;

    private ClientWorld world;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void registeringTakesTwoStepsAndANameOnce() {
        world = new ClientWorld(folder, true);
        String request = "{\"username\": \"alice\", \"password\": \"secret\"}";

        ClientAnswer challenge = world.ask("", "POST", "/register", request);
        String token = world.register("alice");

        assertThat(challenge.status()).isEqualTo(401);
        assertThat(((JsonObject) challenge.body()).has("session")).isTrue();
        assertThat(world.ok(token, "GET", "/account/whoami", "").string("user_id"))
                .contains("@alice:" + world.serverName());
        assertError(world.ask("", "POST", "/register", request), 400, "M_USER_IN_USE");
        assertError(
                world.ask("", "GET", "/register/available?username=alice", ""),
                400,
                "M_USER_IN_USE");
        assertError(
                world.ask("", "GET", "/register/available?username=Al%20ice", ""),
                400,
                "M_INVALID_USERNAME");
    }

    @Test
    void whereRegistrationIsClosedItIsForbiddenButNotToWhoKnowsTheSecret() {
        world = new ClientWorld(folder, false);
        assertError(world.ask("", "POST", "/register", "{}"), 403, "M_FORBIDDEN");
        String nonce =
                ((JsonObject) world.askAt("", "GET", SECRET_PATH, "").body())
                        .string("nonce")
                        .orElseThrow();
        var registration = new Registration(nonce, "op", "secret", true, Optional.empty());
        String mac = new SharedSecret(ClientWorld.SECRET).macOf(registration);
        String request =
                """
                {"nonce": "%s", "username": "op", "password": "secret", "admin": true, "mac": "%s"}
                """;

        var made = world.askAt("", "POST", SECRET_PATH, request.formatted(nonce, mac));
        var again = world.askAt("", "POST", SECRET_PATH, request.formatted(nonce, mac));

        assertThat(made.status()).as("%s", made.body()).isEqualTo(200);
        assertThat(((JsonObject) made.body()).string("user_id"))
                .contains("@op:" + world.serverName());
        assertError(again, 400, "M_UNKNOWN");
    }

    @Test
    void aPasswordLogsInByNameOrIdAndAWrongOneDoesNot() {
        world = new ClientWorld(folder, true);
        world.register("alice");

        assertThat(login("alice", "secret").status()).isEqualTo(200);
        assertThat(login("@alice:" + world.serverName(), "secret").status()).isEqualTo(200);
        assertError(login("alice", "wrong"), 403, "M_FORBIDDEN");
        assertError(login("nobody", "secret"), 403, "M_FORBIDDEN");
        assertError(login("@alice:elsewhere", "secret"), 403, "M_FORBIDDEN");
        assertThat(
                        world.ask(
                                        "",
                                        "POST",
                                        "/login",
                                        "{\"type\": \"m.login.password\", \"user\": \"alice\","
                                                + " \"password\": \"secret\"}")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenEndsWithItsLogoutOrWithAnotherLoginOfItsDevice() {
        world = new ClientWorld(folder, true);
        String registered = world.register("alice");
        String first = token(login("alice", "secret"));
        String second = token(login("alice", "secret"));
        world.ok(first, "POST", "/logout", "");

        assertError(world.ask(first, "GET", "/account/whoami", ""), 401, "M_UNKNOWN_TOKEN");
        JsonObject who = world.ok(second, "GET", "/account/whoami", "");
        world.ok(
                "",
                "POST",
                "/login",
                """
                {"type": "m.login.password", "password": "secret", "device_id": "%s",
                 "identifier": {"type": "m.id.user", "user": "alice"}}
                """
                        .formatted(who.string("device_id").orElseThrow()));
        assertError(world.ask(second, "GET", "/account/whoami", ""), 401, "M_UNKNOWN_TOKEN");
        world.ok(registered, "POST", "/logout/all", "");
        assertError(world.ask(registered, "GET", "/account/whoami", ""), 401, "M_UNKNOWN_TOKEN");
    }

    @Test
    void whatIsWrongWithARequestIsSaid() {
        world = new ClientWorld(folder, true);
        String token = world.register("alice");

        assertError(world.ask("", "GET", "/sync", ""), 401, "M_MISSING_TOKEN");
        assertError(world.ask("made-up", "GET", "/sync", ""), 401, "M_UNKNOWN_TOKEN");
        assertError(world.ask(token, "GET", "/nothing", ""), 404, "M_UNRECOGNIZED");
        assertError(world.ask(token, "DELETE", "/sync", ""), 405, "M_UNRECOGNIZED");
        assertError(world.ask(token, "POST", "/createRoom", "{"), 400, "M_NOT_JSON");
        assertError(world.ask(token, "POST", "/createRoom", "[]"), 400, "M_BAD_JSON");
        assertError(world.ask(token, "POST", "/createRoom", "{\"name\": 1}"), 400, "M_BAD_JSON");
        assertError(
                world.ask(token, "POST", "/createRoom", " ".repeat(2_000_000)), 413, "M_TOO_LARGE");
        assertError(world.ask(token, "GET", "/rooms/nonsense/state", ""), 400, "M_INVALID_PARAM");
        assertError(world.ask(token, "GET", "/sync?timeout=soon", ""), 400, "M_INVALID_PARAM");
    }

    @Test
    void whatClientsAskFirstIsAnswered() {
        world = new ClientWorld(folder, true);
        String token = world.register("alice");

        var versions = world.askAt("", "GET", "/_matrix/client/versions", "");
        JsonObject capabilities = world.ok(token, "GET", "/capabilities", "");
        JsonObject rules = world.ok(token, "GET", "/pushrules/", "");

        assertThat(versions.body().toString()).contains("v1.1");
        assertThat(capabilities.toString()).contains("\"default\":\"12\"", "\"10\":\"stable\"");
        assertThat(rules.toString()).contains("@alice:" + world.serverName());
        assertThat(world.ok("", "GET", "/login", "").toString()).contains("m.login.password");
    }

    @Test
    void anAccountCanBeMadeWithoutANameOrWithoutALogin() {
        world = new ClientWorld(folder, true);
        String request = "{\"password\": \"secret\", \"auth\": {\"type\": \"m.login.dummy\"}%s}";

        var nameless = (JsonObject) register(request.formatted("")).body();
        var loggedOut =
                (JsonObject)
                        register(
                                        request.formatted(
                                                ", \"username\": \"bob\", \"inhibit_login\": true"))
                                .body();

        assertThat(nameless.string("user_id").orElseThrow()).startsWith("@");
        assertThat(world.ok(token(nameless), "GET", "/account/whoami", "").string("user_id"))
                .isEqualTo(nameless.string("user_id"));
        assertThat(loggedOut.string("user_id")).contains("@bob:" + world.serverName());
        assertThat(loggedOut.has("access_token")).isFalse();
        assertThat(login("bob", "secret").status()).isEqualTo(200);
    }

    @Test
    void whatIsNoRegistrationIsRefused() {
        world = new ClientWorld(folder, true);
        String dummy = "\"auth\": {\"type\": \"m.login.dummy\"}";

        assertError(
                world.ask("", "POST", "/register?kind=guest", "{}"),
                403,
                "M_GUEST_ACCESS_FORBIDDEN");
        assertError(register("{" + dummy + ", \"username\": \"eve\"}"), 400, "M_MISSING_PARAM");
        assertError(
                register("{" + dummy + ", \"username\": \"Eve!\", \"password\": \"p\"}"),
                400,
                "M_INVALID_USERNAME");
        assertError(
                register("{\"auth\": {\"type\": \"m.login.sso\"}, \"password\": \"p\"}"),
                401,
                "M_UNRECOGNIZED");
        assertError(world.ask("", "GET", "/register/available", ""), 400, "M_MISSING_PARAM");
    }

    @Test
    void whatIsNoLoginIsRefused() {
        world = new ClientWorld(folder, true);
        world.register("alice");

        assertError(loginWith("{}"), 400, "M_MISSING_PARAM");
        assertError(loginWith("{\"type\": \"m.login.token\", \"token\": \"t\"}"), 400, "M_UNKNOWN");
        assertError(
                loginWith("{\"type\": \"m.login.password\", \"user\": \"alice\"}"),
                400,
                "M_MISSING_PARAM");
        assertError(
                loginWith(
                        """
                        {"type": "m.login.password", "password": "secret",
                         "identifier": {"type": "m.id.phone", "phone": "1"}}
                        """),
                400,
                "M_UNKNOWN");
        assertError(
                loginWith("{\"type\": \"m.login.password\", \"password\": 1, \"user\": \"alice\"}"),
                400,
                "M_BAD_JSON");
    }

    @Test
    void aTokenInTheQueryIsAsGoodAsInTheHeader() {
        world = new ClientWorld(folder, true);
        String token = world.register("alice");

        assertThat(
                        world.ok("", "GET", "/account/whoami?access_token=" + token, "")
                                .string("user_id"))
                .contains("@alice:" + world.serverName());
    }

    private ClientAnswer register(String body) {
        return world.ask("", "POST", "/register", body);
    }

    private ClientAnswer loginWith(String body) {
        return world.ask("", "POST", "/login", body);
    }

    private ClientAnswer login(String user, String password) {
        return world.ask(
                "",
                "POST",
                "/login",
                """
                {"type": "m.login.password", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(password, user));
    }

    private static String token(ClientAnswer login) {
        return token((JsonObject) login.body());
    }

    private static String token(JsonObject login) {
        return login.string("access_token").orElseThrow();
    }

    private static void assertError(ClientAnswer answer, int status, String errcode) {
        assertThat(((JsonObject) answer.body()).string("errcode"))
                .as("%s", answer.body())
                .contains(errcode);
        assertThat(answer.status()).isEqualTo(status);
    }
}
