package org.stratafed.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.peer.FederationPeer;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// What the packaged server makes of HTTP itself: targets as they were sent, bodies without an end,
/// and requests under way when it is told to stop.
class HttpHostIT {

    private static final String SEND = "/_matrix/federation/v1/send/";

    @TempDir static Path directory;

    private static ThrowAwayCa ca;
    private static StrataServer server;
    private static MatrixClient alice;
    private static FederationPeer peer;
    private static JsonArray event;

    @BeforeAll
    static void start() {
        ca = ThrowAwayCa.in(directory.resolve("ca"));
        server = new StrataServer(directory.resolve("server"), ca).start();
        alice = server.client().register("alice", "secret");
        var key = server.directory().resolve("data").resolve("signing.key");
        peer = FederationPeer.as(server.name(), key, ca);
        var said = alice.say(alice.createPublicRoom("known", "12"), "One that is known.");
        event = peer.event(server.name(), said).orElseThrow().array("pdus").orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Two spellings of one transaction ID: the second transaction is answered as the first was.
    @ParameterizedTest
    @CsvSource({"%23a, %23%61", "b%2Fb, b%2fb", "%21c, !c", "%25d, %25%64", "e%252F, e%25%32%46"})
    void aPathOfFederationIsDecodedOnce(String one, String other) {
        var answer = peer.send(server.name(), "PUT", SEND + one, transaction(event));
        var again = peer.send(server.name(), "PUT", SEND + other, transaction(JsonArray.empty()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("$");
        assertThat(again).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"%2523f, %23f", "g%252Fg, g%2Fg", "%2521h, %21h", "%2525i, %25i"})
    void aPathOfFederationIsNotDecodedTwice(String one, String other) {
        peer.send(server.name(), "PUT", SEND + one, transaction(event));
        var answer = peer.send(server.name(), "PUT", SEND + other, transaction(JsonArray.empty()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"pdus\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"j/j", "/k", "l/", ""})
    void segmentsOfFederationPathsAreAsManyAsWereSent(String rest) {
        var answer = peer.send(server.name(), "PUT", SEND + rest, transaction(JsonArray.empty()));

        // An empty transaction ID is one segment, but no ID.
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).contains("\"errcode\":\"M_");
    }

    @ParameterizedTest
    @CsvSource({"%23a%2Fb%21%25, #a/b!%", "%252F, %2F", "a+b%20c, a+b c", "'', ''"})
    void aStateKeyOfAClientIsDecodedOnce(String sent, String meant) throws IOException {
        var room = alice.createPublicRoom("k" + System.nanoTime(), "12").replace("!", "%21");
        var path = "/_matrix/client/v3/rooms/" + room + "/state/x.y/" + sent;

        assertThat(ask("PUT", path, "Content-Length: 2", "{}")).startsWith("HTTP/1.1 200");
        assertThat(ask("GET", path + "?format=event", "X: y", ""))
                .contains("\"state_key\":\"" + meant + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/client/v3/sync?since=%zz",
                "/_matrix/client/v3/rooms/%zz/state",
                "/_matrix/key/v2/server/%zz",
                "/%zz"
            })
    void whatIsNotPercentEncodedIsAnsweredWithAMatrixError(String target) throws IOException {
        assertThat(ask("GET", target, "X: y", ""))
                .startsWith("HTTP/1.1 400")
                .contains("\"errcode\":\"M_");
    }

    @Test
    void aBodyInChunksIsReadToItsLimit() throws IOException {
        var login = "/_matrix/client/v3/login";
        var chunked = "Transfer-Encoding: chunked";

        assertThat(ask("POST", login, chunked, "2\r\n{}\r\n0\r\n\r\n")).contains("M_MISSING_PARAM");
        var mebibyte = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        assertThat(ask("POST", login, chunked, mebibyte.repeat(3) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("M_TOO_LARGE");
    }

    @Test
    void healthIsNotForClients() throws IOException {
        assertThat(ask("GET", "/q/health", "X: y", ""))
                .startsWith("HTTP/1.1 404")
                .contains("M_UNRECOGNIZED");
    }

    /// It would wait for half a minute otherwise, or be cut off.
    @Test
    void whoWaitsIsAnsweredWhenTheServerIsToldToStop() throws Exception {
        try (var other = new StrataServer(directory.resolve("other"), ca).start()) {
            var bob = other.client().register("bob", "secret");
            var since = bob.get("/sync").string("next_batch");
            var waiting =
                    CompletableFuture.supplyAsync(
                            () -> bob.get("/sync?timeout=30000&since=" + since));
            // Until the request is there nothing can be seen of it; a profile is asked for after.
            assertThat(waiting.isDone()).isFalse();
            for (int i = 0; i < 20; i++) {
                bob.get("/profile/" + MatrixClient.encode(bob.userId()));
            }
            other.stop();

            assertThat(waiting.get(5, TimeUnit.SECONDS).string("next_batch")).isEqualTo(since);
        }
    }

    private static JsonObject transaction(JsonArray pdus) {
        return JsonObject.builder()
                .put("origin", server.name())
                .put("origin_server_ts", 1)
                .put("pdus", pdus)
                .build();
    }

    /// A request whose target is sent as it is, which no client library does.
    private static String ask(String method, String target, String header, String body)
            throws IOException {
        try (var socket = new Socket("127.0.0.1", server.clientUrl().getPort())) {
            var head =
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer %s\r\n%s\r\n\r\n";
            var out = socket.getOutputStream();
            try {
                out.write(head.formatted(method, target, alice.token(), header).getBytes(UTF_8));
                out.write(body.getBytes(UTF_8));
                out.flush();
            } catch (IOException _) {
                // Answered before it was all said.
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
