package org.stratafed.server.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.QueryProfile;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.AddressBound;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

class TransportServiceTest {

    private static final String SEND = "/_matrix/federation/v1/send/1";
    private static final String BODY = "{\"origin\":\"beta\",\"origin_server_ts\":1,\"pdus\":[]}";

    private static final ServerName PEER_AT = new ServerName("198.41.0.4");
    private static final EventId EVENT = new EventId("$e/1");

    private final TransportWorld world = new TransportWorld();
    private final RecordingHandler handler = new RecordingHandler();
    private final PeerServer beta = new PeerServer("beta", "ed25519:b", 2);
    private final PeerServer alpha = new PeerServer("alpha", "ed25519:a", 1);
    private TransportService service;

    @BeforeEach
    void alphaRunsAndKnowsBeta() {
        service = service("alpha", 1);
        long validUntil = world.loop.millis() + 1000;
        var key = new ServerKey(beta.verifyKey(), validUntil, OptionalLong.empty());
        world.keys.put(beta.name(), key);
        handler.answers(Uni.createFrom().item(new TransactionResponse(new LinkedHashMap<>())));
    }

    private TransportService service(String name, int seed) {
        var bytes = new byte[SigningKey.SEED_BYTES];
        Arrays.fill(bytes, (byte) seed);
        var settings =
                new TransportService.Settings(
                        new ServerName(name),
                        new SigningKey(new KeyId("ed25519:a"), bytes),
                        List.of(),
                        false,
                        new TransportService.Software("strata", "1"));
        return new TransportService(world.environment(), settings, _ -> handler);
    }

    // What comes in.

    @Test
    void anAuthenticRequestReachesTheHandlerAndItsAnswerTheAsker() {
        var results = new LinkedHashMap<EventId, Optional<String>>();
        results.put(EVENT, Optional.of("no"));
        handler.answers(Uni.createFrom().item(new TransactionResponse(results)));

        var response = respond(beta.request("PUT", SEND, "alpha", BODY));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headerValues("content-type")).containsExactly("application/json");
        assertThat(text(response)).isEqualTo("{\"pdus\":{\"$e/1\":{\"error\":\"no\"}}}");
        assertThat(handler.told()).containsExactly("beta lives", "beta asks send");
        assertThat(handler.questions())
                .containsExactly(
                        new Transaction(
                                new TransactionId("1"), beta.name(), 1, List.of(), List.of()));
    }

    @Test
    void aBodyIsJsonWhateverTypeItIsSaidToBeOf() {
        var signed = beta.request("PUT", SEND, "alpha", BODY);
        var headers = new ArrayList<>(signed.headers());
        headers.add(new WireHeader("Content-Type", "text/plain"));

        var response = respond(new WireRequest("PUT", SEND, headers, signed.body()));

        assertThat(response.status()).isEqualTo(200);
    }

    /// A body isn't always canonical as it is sent, but its signature is over its canonical form.
    @Test
    void whiteSpaceOrderAndEscapesOfABodyAreNothingToTheSignature() {
        var sent = "{ \"pdus\":[], \"origin\":\"\\u0062eta\",\n \"x\":1.0,\"origin_server_ts\":1 }";
        var signed = "{\"origin\":\"beta\",\"origin_server_ts\":1,\"pdus\":[],\"x\":1.0}";

        var response = respond(beta.request("PUT", SEND, "alpha", sent, signed));

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void aRequestThatIsNotAuthenticReachesNobody() {
        refused(401, "M_UNAUTHORIZED", new WireRequest("PUT", SEND, List.of(), body(BODY)));
        refused(401, "M_UNAUTHORIZED", beta.request("PUT", SEND, "gamma", BODY));
        refused(401, "M_UNAUTHORIZED", beta.request("PUT", SEND, "alpha", BODY, "{}"));
        refused(
                401,
                "M_UNAUTHORIZED",
                new PeerServer("beta", "ed25519:b", 3).request("PUT", SEND, "alpha", BODY));
        refused(
                401,
                "M_UNAUTHORIZED",
                new PeerServer("beta", "ed25519:x", 2).request("PUT", SEND, "alpha", BODY));

        assertThat(handler.told()).isEmpty();
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void aKeyThatRanOutProvesNoRequest() {
        world.loop.advance(Duration.ofSeconds(1));

        refused(401, "M_UNAUTHORIZED", beta.request("PUT", SEND, "alpha", BODY));
    }

    @Test
    void aKeyThatWentOutOfUseProvesNoRequest() {
        var expired = OptionalLong.of(world.loop.millis() + 500);
        world.keys.put(beta.name(), new ServerKey(beta.verifyKey(), Long.MAX_VALUE, expired));

        refused(401, "M_UNAUTHORIZED", beta.request("PUT", SEND, "alpha", BODY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2}  | M_NOT_JSON",
                "{                  | M_NOT_JSON",
                "''                 | M_NOT_JSON",
                "[]                 | M_BAD_JSON",
                "1                  | M_BAD_JSON",
                "{}                 | M_MISSING_PARAM",
                "{\"\\ud800\":1}    | M_BAD_JSON",
            })
    void aBodyThatIsNoJsonObjectOfTheRightShapeIsRefused(String body, String errcode) {
        refused(400, errcode, beta.request("PUT", SEND, "alpha", body));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeAnythingElseIsDone() {
        var body = new byte[SendTransaction.ENDPOINT.requestBytesMax() + 1];

        refused(413, "M_TOO_LARGE", new WireRequest("PUT", SEND, List.of(), body));
        assertThat(world.keys.reads()).isZero();
    }

    @Test
    void aMatrixErrorIsAnAnswer() {
        var details = JsonObject.builder().put("retry_after_ms", 1500).build();
        var slower = new MatrixException(MatrixErrorCode.LIMIT_EXCEEDED, "slower", details);
        handler.answers(Uni.createFrom().failure(slower));

        var response = respond(beta.request("PUT", SEND, "alpha", BODY));

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headerValues("Retry-After")).containsExactly("2");
        assertThat(text(response))
                .isEqualTo(
                        "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"slower\","
                                + "\"retry_after_ms\":1500}");
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void aDefectIsToldToTheOperatorAndNotToThePeer() {
        handler.answers(Uni.createFrom().failure(new IllegalStateException("secret")));

        refused(500, "M_UNKNOWN", beta.request("PUT", SEND, "alpha", BODY));
        assertThat(world.telemetry.defects()).containsExactly("answering PUT " + SEND + ": secret");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /_matrix/federation/v1/nonsense, 404",
        "GET, /, 404",
        "GET, '', 404",
        "GET, /_matrix/federation/v1/send/1, 405",
        "PUT, /_matrix/federation/v1/version, 405",
        "POST, /_matrix/key/v2/server, 405",
        "HEAD, /_matrix/federation/v1/event/%24e, 405",
    })
    void whatIsNotRecognizedIsSaidSoWithoutAskingWhoAsks(String method, String target, int status) {
        refused(
                status,
                "M_UNRECOGNIZED",
                new WireRequest(method, target, List.of(), WireRequest.NO_BODY));
    }

    /// Identity servers have no name to prove. The specification says `PUT`, and they say `POST`.
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void thatAnAddressIsBoundAnybodyMaySay(String method) {
        var target = "/_matrix/federation/v1/3pid/onbind";
        var body =
                "{\"medium\":\"email\",\"address\":\"b@x\",\"mxid\":\"@b:alpha\",\"invites\":"
                        + "[{\"medium\":\"email\",\"address\":\"b@x\",\"mxid\":\"@b:alpha\","
                        + "\"room_id\":\"!r:beta\",\"sender\":\"@a:beta\",\"signed\":{\"a\":1}}]}";
        handler.answers(Uni.createFrom().item(JsonObject.empty()));
        var response = respond(new WireRequest(method, target, List.of(), body.getBytes(UTF_8)));
        assertThat(response.status()).isEqualTo(200);
        assertThat(handler.told()).containsExactly("somebody asks 3pid_onbind");
        assertThat(handler.questions())
                .containsExactly(
                        new AddressBound(
                                new UserId("@b:alpha"),
                                List.of(
                                        new AddressBound.Invitation(
                                                new RoomId("!r:beta"),
                                                new UserId("@b:alpha"),
                                                new UserId("@a:beta"),
                                                JsonObject.builder().put("a", 1).build()))));
        for (var wrong : List.of("{}", "[]", "", body.replace("!r:beta", "r"))) {
            var request = new WireRequest(method, target, List.of(), wrong.getBytes(UTF_8));
            var refused = respond(request);
            assertThat(refused.status()).isEqualTo(400);
        }
        var got = respond(new WireRequest("GET", target, List.of(), WireRequest.NO_BODY));
        assertThat(got.status()).isEqualTo(405);
        assertThat(handler.told()).hasSize(1);
    }

    @Test
    void theVersionIsToldToAnybody() {
        var response = respond(anonymous("/_matrix/federation/v1/version"));

        assertThat(text(response))
                .isEqualTo("{\"server\":{\"name\":\"strata\",\"version\":\"1\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/ed25519:a", "/ed25519%3Aold"})
    void keysAreToldToAnybodyAlsoTheOldWay(String suffix) {
        var response = respond(anonymous("/_matrix/key/v2/server" + suffix));

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).contains("\"server_name\":\"alpha\"", "\"ed25519:a\"");
    }

    @Test
    void aKeyThatIsNotKnownIsFetchedFromItsOwner() {
        var gamma = new PeerServer("198.41.0.9", "ed25519:g", 7);
        world.wire.at(
                "198.41.0.9:8448", _ -> response(200, gamma.keyAnswer(world.loop.millis() + 5000)));

        var response = respond(gamma.request("PUT", SEND, "alpha", BODY));

        assertThat(response.status()).isEqualTo(200);
        assertThat(handler.told()).containsExactly("198.41.0.9 lives", "198.41.0.9 asks send");
    }

    // What goes out.

    @Test
    void aQuestionIsSignedAndSentToWhereTheServerIs() {
        world.wire.at("198.41.0.4:8448", _ -> response(200, "{\"pdus\":[{\"type\":\"x\"}]}"));

        var answer = world.outcome(service.ask(PEER_AT, GetEvent.ENDPOINT, EVENT));

        assertThat(answer.pdus()).hasSize(1);
        var request = world.wire.sent().getFirst().request();
        var target = "/_matrix/federation/v1/event/%24e%2F1";
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.body()).isEmpty();
        assertThat(request.headerValues("Authorization"))
                .isEqualTo(alpha.get(target, "198.41.0.4").headerValues("Authorization"));
    }

    @Test
    void aQueryIsWrittenSoThatEverybodyReadsItAlike() {
        world.wire.at("198.41.0.4:8448", _ -> response(200, "{}"));
        var question = new ProfileRequest(new UserId("@a b+c&d:x"), Optional.of("ü"));

        world.outcome(service.ask(PEER_AT, QueryProfile.ENDPOINT, question));

        assertThat(world.wire.sent().getFirst().request().target())
                .isEqualTo(
                        "/_matrix/federation/v1/query/profile"
                                + "?user_id=%40a%20b%2Bc%26d%3Ax&field=%C3%BC");
    }

    @Test
    void whatOneServerAsksAnotherUnderstands() {
        var peer = service("198.41.0.4", 4);
        world.wire.at("198.41.0.4:8448", request -> respond(peer, request));
        // The peer asks for our key at an address too, where it is answered by us.
        world.names.with("alpha", "198.41.0.1");
        world.wire.at("198.41.0.1:8448", request -> respond(service, request));
        var ids = new StateIds(List.of(EVENT), List.of());
        handler.answers(Uni.createFrom().item(ids));
        var question = new EventInRoom(new RoomId("!r:alpha"), new EventId("$a+b /c"));

        assertThat(world.outcome(service.ask(PEER_AT, GetStateIds.ENDPOINT, question)))
                .isEqualTo(ids);
        assertThat(handler.questions()).containsExactly(question);
    }

    @Test
    void askingTwiceForTheOutcomeAsksThePeerOnce() {
        world.wire.at("198.41.0.4:8448", _ -> response(200, "{}"));

        var asked = service.ask(PEER_AT, QueryProfile.ENDPOINT, profile());
        world.loop.run();
        world.outcome(asked);
        world.outcome(asked);

        assertThat(world.wire.sent()).hasSize(1);
    }

    @Test
    void everyAddressIsTriedBeforeTheServerCountsAsUnreachable() {
        world.names.with("gamma", "198.41.0.1", "2001:500:2::c", "198.41.0.4");
        world.wire.at("198.41.0.4:9000", _ -> response(200, "{}"));

        var gamma = new ServerName("gamma:9000");
        world.outcome(service.ask(gamma, QueryProfile.ENDPOINT, profile()));

        assertThat(world.wire.sent())
                .extracting(sent -> sent.route().address())
                .containsExactly("198.41.0.1", "2001:500:2::c", "198.41.0.4");
    }

    @Test
    void aRequestThatMayHaveTakenEffectIsNotSentElsewhere() {
        world.names.with("gamma", "198.41.0.1", "198.41.0.4");
        world.wire.at(
                "198.41.0.1:9000",
                _ -> {
                    throw new RemoteFailure.TimedOut("silence");
                });

        var gamma = new ServerName("gamma:9000");
        assertThat(world.failure(service.ask(gamma, QueryProfile.ENDPOINT, profile())))
                .isInstanceOf(RemoteFailure.TimedOut.class);
        assertThat(world.wire.sent()).hasSize(1);
    }

    @Test
    void aRefusalSaysWhatThePeerSaid() {
        world.wire.at(
                "198.41.0.4:8448",
                _ ->
                        response(
                                429,
                                "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"slower\","
                                        + "\"retry_after_ms\":1}",
                                "retry-after",
                                "3"));

        assertThat(world.failure(service.ask(PEER_AT, QueryProfile.ENDPOINT, profile())))
                .isInstanceOfSatisfying(
                        RemoteFailure.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(429);
                            assertThat(refused.is(MatrixErrorCode.LIMIT_EXCEEDED)).isTrue();
                            assertThat(refused.error()).isEqualTo("slower");
                            assertThat(refused.retryAfterMs()).hasValue(3000);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>502</html>", "[]", "", "{\"errcode\":1}"})
    void aRefusalWithoutAMatrixErrorIsKnownByItsStatus(String body) {
        world.wire.at("198.41.0.4:8448", _ -> response(502, body, "Retry-After", "tomorrow"));

        assertThat(world.failure(service.ask(PEER_AT, QueryProfile.ENDPOINT, profile())))
                .isInstanceOfSatisfying(
                        RemoteFailure.Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(502);
                            assertThat(refused.errcode()).isEmpty();
                            assertThat(refused.retryAfterMs()).isEmpty();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "", "{\"pdus\":1}", "{\"pdus\":[]}x"})
    void anAnswerOfAnotherShapeIsGarbled(String body) {
        world.wire.at("198.41.0.4:8448", _ -> response(200, body));

        assertThat(world.failure(service.ask(PEER_AT, GetEvent.ENDPOINT, EVENT)))
                .isInstanceOf(RemoteFailure.Garbled.class);
    }

    @Test
    void anAnswerIsReadUpToTheEndpointsBound() {
        int most = QueryProfile.ENDPOINT.answerBytesMax();
        world.wire.at(
                "198.41.0.4:8448", _ -> response(200, "{\"a\":\"" + "x".repeat(most - 8) + "\"}"));
        var answer = world.outcome(service.ask(PEER_AT, QueryProfile.ENDPOINT, profile()));
        assertThat(answer.string("a")).isPresent();

        world.wire.at(
                "198.41.0.4:8448", _ -> response(200, "{\"a\":\"" + "x".repeat(most - 7) + "\"}"));
        assertThat(world.failure(service.ask(PEER_AT, QueryProfile.ENDPOINT, profile())))
                .isInstanceOf(RemoteFailure.Garbled.class);
    }

    @Test
    void noRequestGoesToAPrivateAddress() {
        world.names.with("gamma", "10.0.0.1", "127.0.0.1");

        for (String name : List.of("gamma:8448", "127.0.0.1", "[::1]:8448", "169.254.169.254")) {
            var asked = service.ask(new ServerName(name), QueryProfile.ENDPOINT, profile());
            assertThat(world.failure(asked)).isInstanceOf(RemoteFailure.Unreachable.class);
        }
        assertThat(world.wire.sent()).isEmpty();
    }

    private static ProfileRequest profile() {
        return new ProfileRequest(new UserId("@u:gamma"), Optional.empty());
    }

    private void refused(int status, String errcode, WireRequest request) {
        var response = respond(request);
        var error = JsonReader.readObject(body(text(response)));
        assertThat(error.string("errcode")).hasValue(errcode);
        assertThat(error.string("error")).isPresent();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headerValues("Content-Type")).containsExactly("application/json");
    }

    private static WireRequest anonymous(String target) {
        return new WireRequest("GET", target, List.of(), WireRequest.NO_BODY);
    }

    private WireResponse respond(WireRequest request) {
        return world.outcome(service.onRequest(request));
    }

    /// The response of a peer on the same loop, which is turned until it is there.
    private WireResponse respond(TransportService peer, WireRequest request) {
        return world.outcome(peer.onRequest(request));
    }

    private String text(WireResponse response) {
        var bytes = new ByteArrayOutputStream();
        for (var chunk = next(response.body()); chunk.isPresent(); chunk = next(response.body())) {
            bytes.writeBytes(chunk.get());
        }
        return bytes.toString(UTF_8);
    }

    private Optional<byte[]> next(WireBody body) {
        return world.outcome(body.next());
    }

    private static byte[] body(String text) {
        return text.getBytes(UTF_8);
    }
}
