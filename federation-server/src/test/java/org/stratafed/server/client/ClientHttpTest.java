package org.stratafed.server.client;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

/// The client API over HTTP: what is on the way between the two.
@QuarkusTest
@TestProfile(ClientHttpTest.OpenServer.class)
class ClientHttpTest {

    static final String SECRET = "s3cr3t";

    private static final Map<String, String> TOKENS = new HashMap<>();
    private static final String V3 = "/_matrix/client/v3";

    @TestHTTPResource URI server;

    private String alice;

    /// A server of its own where anybody may register.
    public static final class OpenServer implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "strata.server-name",
                        "localhost:18448",
                        "strata.data-dir",
                        Files.createTempDirectory("strata").toString(),
                        "strata.well-known-server",
                        "elsewhere.example:443",
                        "strata.registration.enabled",
                        "true",
                        "strata.registration.shared-secret",
                        SECRET,
                        "strata.client.port",
                        freePort(),
                        "strata.federation.port",
                        freePort(),
                        "strata.federation.bind",
                        "127.0.0.1");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static String freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return String.valueOf(socket.getLocalPort());
            }
        }
    }

    @BeforeEach
    void register() {
        alice = TOKENS.computeIfAbsent("alice", this::register);
    }

    private String register(String username) {
        return given().body(
                        """
                        {"username": "%s", "password": "secret",
                         "auth": {"type": "m.login.dummy"}}
                        """
                                .formatted(username))
                .post(V3 + "/register")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @Test
    void bodiesPassAsTheyAreWithTheirNumbers() throws IOException {
        String datum = "/user/%40alice%3Alocalhost%3A18448/account_data/x.y";
        ask("PUT", datum, "{\"n\": [1.50, 1e2, 12345678901234567890]}");

        String response = ask("GET", datum, "");

        assertThat(response)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/json")
                .endsWith("\r\n\r\n{\"n\":[1.50,1e2,12345678901234567890]}");
    }

    @Test
    void stateKeysReachTheRoomDecodedExactlyOnce() throws IOException {
        String state = "/rooms/" + room() + "/state/x.y/";
        for (String[] key :
                new String[][] {
                    {"%23a%2Fb%21%25", "#a/b!%"},
                    {"%252F", "%2F"},
                    {"a+b%20c", "a+b c"},
                    {"a;b=1", "a;b=1"},
                    {"", ""},
                }) {
            ask("PUT", state + key[0], "{}");
            assertThat(json(ask("GET", state + key[0] + "?format=event", "")).string("state_key"))
                    .as("%s", key[0])
                    .contains(key[1]);
        }
    }

    @Test
    void aSyncWaitsUntilSomethingIsSaid() throws Exception {
        String room = room();
        String since = json(ask("GET", "/sync", "")).string("next_batch").orElseThrow();
        var waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return ask("GET", "/sync?timeout=20000&since=" + since, "");
                            } catch (IOException failure) {
                                throw new UncheckedIOException(failure);
                            }
                        });
        ask("PUT", "/rooms/" + room + "/send/x.y/1", "{\"word\": \"late\"}");

        assertThat(waiting.get(15, TimeUnit.SECONDS)).contains("late");
    }

    @Test
    void whatIsWrongWithARequestIsSaidInAMatrixError() throws IOException {
        assertError(ask("GET", "/nothing", ""), 404, "M_UNRECOGNIZED");
        assertError(ask("PATCH", "/sync", "{}"), 405, "M_UNRECOGNIZED");
        assertError(ask("POST", "/createRoom", "{\"name\": \"\\u12"), 400, "M_NOT_JSON");
        assertError(ask("GET", "/sync?timeout=soon", ""), 400, "M_INVALID_PARAM");
        assertError(ask("POST", "/createRoom", " ".repeat(1 << 21)), 413, "M_TOO_LARGE");
    }

    private String room() throws IOException {
        String id = json(ask("POST", "/createRoom", "{}")).string("room_id").orElseThrow();
        return id.replace("!", "%21");
    }

    private static void assertError(String response, int status, String errcode) {
        assertThat(response).startsWith("HTTP/1.1 " + status);
        assertThat(response).contains("\"errcode\":\"" + errcode + "\"");
    }

    private static JsonObject json(String response) {
        String body = response.substring(response.indexOf("\r\n\r\n") + 4);
        return JsonReader.readObject(body.getBytes(StandardCharsets.UTF_8));
    }

    /// The whole response to a request whose target is sent as it is, which no client library does.
    private String ask(String method, String target, String body) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    "%s %s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n";
            var out = socket.getOutputStream();
            out.write(
                    head.formatted(method, V3, target, alice, bytes.length)
                            .getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
