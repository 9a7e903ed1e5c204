package org.stratafed.server.engine.transport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.PeerServer;
import org.stratafed.server.engine.transport.RecordingHandler;
import org.stratafed.server.engine.transport.TransportService;
import org.stratafed.server.engine.transport.TransportWorld;

/// The notary as others see it.
class NotaryTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final TransportWorld world = new TransportWorld();
    private final PeerServer self = new PeerServer("alpha", "ed25519:a", 1);
    private final PeerServer peer = new PeerServer("1.1.1.1", "ed25519:p", 5);
    private final TransportService service = service();

    private TransportService service() {
        var seed = new byte[SigningKey.SEED_BYTES];
        Arrays.fill(seed, (byte) 1);
        return new TransportService(
                world.environment(),
                new TransportService.Settings(
                        new ServerName("alpha"),
                        new SigningKey(new KeyId("ed25519:a"), seed),
                        List.of(),
                        false,
                        new TransportService.Software("strata", "1")),
                _ -> new RecordingHandler());
    }

    @Test
    void whatAServerSaysOfItsKeysIsPassedOnWithBothSignatures() {
        isThere();

        var said = get("1.1.1.1");

        assertThat(said).hasSize(1);
        var keys = said.getFirst();
        assertThat(JsonSigning.verify(keys, peer.name(), peer.verifyKey(), world.signatures))
                .isTrue();
        assertThat(JsonSigning.verify(keys, self.name(), self.verifyKey(), world.signatures))
                .isTrue();
        assertThat(keys.without("signatures"))
                .isEqualTo(
                        JsonReader.readObject(bytes(peer.keyAnswer(inMs(DAY))))
                                .without("signatures"));
    }

    @Test
    void whatWasSaidOnceIsKeptWhileTheServerIsAway() {
        isThere();
        get("1.1.1.1");
        isAway();

        assertThat(get("1.1.1.1")).hasSize(1);
        world.loop.advance(Duration.ofDays(30));
        assertThat(get("1.1.1.1")).hasSize(1);
    }

    @Test
    void aServerIsAskedAnewInTheSecondHalfOfWhatItSaid() {
        isThere();
        get("1.1.1.1");
        world.loop.advance(Duration.ofHours(12));
        get("1.1.1.1");
        assertThat(world.wire.sent()).hasSize(1);

        world.loop.advance(Duration.ofMillis(1));
        get("1.1.1.1");
        assertThat(world.wire.sent()).hasSize(2);
    }

    @Test
    void aServerIsAskedAnewWhenItsKeysHaveToBeValidForLonger() {
        isThere();
        get("1.1.1.1");
        world.loop.advance(Duration.ofHours(1));
        get("1.1.1.1?minimum_valid_until_ts=" + inMs(DAY.minusHours(1)));
        assertThat(world.wire.sent()).hasSize(1);

        var said = get("1.1.1.1?minimum_valid_until_ts=" + inMs(DAY));
        assertThat(world.wire.sent()).hasSize(2);
        assertThat(said.getFirst().integer("valid_until_ts")).hasValue(inMs(DAY));
    }

    @Test
    void aServerIsAskedAnewForAKeyThatItDidNotName() {
        isThere();
        get("1.1.1.1");
        post("{\"1.1.1.1\":{\"ed25519:p\":{}}}");
        world.loop.advance(Duration.ofMinutes(1));
        assertThat(world.wire.sent()).hasSize(1);

        assertThat(post("{\"1.1.1.1\":{\"ed25519:q\":{}}}")).hasSize(1);
        assertThat(world.wire.sent()).hasSize(2);
    }

    @Test
    void aServerIsNotAskedForEachQuestion() {
        for (int i = 0; i < 5; i++) {
            assertThat(get("1.1.1.1")).isEmpty();
        }
        assertThat(world.wire.sent()).hasSize(1);
    }

    @Test
    void ofOneselfOneKnowsWithoutAsking() {
        var said = post("{\"alpha\":{}}");

        assertThat(said).hasSize(1);
        assertThat(said.getFirst().string("server_name")).hasValue("alpha");
        assertThat(
                        JsonSigning.verify(
                                said.getFirst(), self.name(), self.verifyKey(), world.signatures))
                .isTrue();
    }

    @Test
    void manyServersAreAnsweredForAtOnceAndThoseUnknownLeftOut() {
        isThere();

        var said = post("{\"1.1.1.1\":{},\"1.1.1.2\":{},\"no server\":{},\"alpha\":{}}");

        assertThat(said.stream().map(it -> it.string("server_name").orElseThrow()))
                .containsExactly("1.1.1.1", "alpha");
        assertThat(post("{}")).isEmpty();
    }

    @Test
    void aQuestionAboutTooManyServersIsAnsweredAboutTheFirst() {
        var names =
                IntStream.range(0, Notary.SERVERS_MAX)
                        .mapToObj(i -> "\"1.2.3." + i + "\":{}")
                        .toList();
        assertThat(post("{" + String.join(",", names) + ",\"alpha\":{}}")).isEmpty();
        assertThat(post("{\"alpha\":{}," + String.join(",", names) + "}")).hasSize(1);
    }

    /// What others say about a server isn't passed on: else a lie would be ours.
    @Test
    void onlyWhatWasHeardFirstHandIsPassedOn() {
        var notary = new PeerServer("1.1.1.9", "ed25519:n", 6);
        var body = "{\"server_keys\":[" + notary.vouched(peer.keyAnswer(inMs(DAY))) + "]}";
        world.wire.at(
                "1.1.1.9:8448",
                request ->
                        response(
                                200,
                                request.method().equals("POST")
                                        ? body
                                        : notary.keyAnswer(inMs(DAY))));
        var wanted = List.of(new WantedKey(peer.name(), peer.keyId(), 0));
        var book = world.outcome(service.keyRing().gather(wanted, List.of(notary.name())));
        assertThat(book.of(peer.name())).hasSize(1);

        assertThat(get("1.1.1.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /_matrix/key/v2/query/no%20server                         |      | 400",
                "GET  | /_matrix/key/v2/query/alpha?minimum_valid_until_ts=soon   |      | 400",
                "GET  | /_matrix/key/v2/query/alpha?minimum_valid_until_ts=-1     |      | 400",
                "POST | /_matrix/key/v2/query/alpha                               | {}   | 405",
                "GET  | /_matrix/key/v2/query                                     |      | 405",
                "POST | /_matrix/key/v2/query                                     | {}   | 400",
                "POST | /_matrix/key/v2/query                                     | []   | 400",
                "POST | /_matrix/key/v2/query                                     | {    | 400",
                "POST | /_matrix/key/v2/query | {\"server_keys\":{\"alpha\":1}}      | 400",
            })
    void whatIsNoQuestionIsRefused(String method, String target, String body, int status) {
        var request = new WireRequest(method, target, List.of(), bytes(body == null ? "" : body));
        assertThat(world.outcome(service.onRequest(request)).status()).isEqualTo(status);
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void aQuestionThatIsTooLargeIsRefused() {
        var body = new byte[Notary.QUESTION_BYTES_MAX + 1];
        var request = new WireRequest("POST", "/_matrix/key/v2/query", List.of(), body);
        assertThat(world.outcome(service.onRequest(request)).status()).isEqualTo(413);
    }

    private void isThere() {
        world.wire.at("1.1.1.1:8448", _ -> response(200, peer.keyAnswer(inMs(DAY))));
    }

    private void isAway() {
        world.wire.at("1.1.1.1:8448", _ -> response(502, ""));
    }

    private List<JsonObject> get(String target) {
        return said("GET", "/_matrix/key/v2/query/" + target, "");
    }

    private List<JsonObject> post(String servers) {
        return said("POST", "/_matrix/key/v2/query", "{\"server_keys\":" + servers + "}");
    }

    private List<JsonObject> said(String method, String target, String body) {
        var request = new WireRequest(method, target, List.of(), bytes(body));
        var response = world.outcome(service.onRequest(request));
        assertThat(response.status()).isEqualTo(200);
        return JsonReader.readObject(body(response)).array("server_keys").orElseThrow().objects();
    }

    private byte[] body(WireResponse response) {
        var out = new ByteArrayOutputStream();
        for (var next = part(response); next.isPresent(); next = part(response)) {
            out.writeBytes(next.get());
        }
        return out.toByteArray();
    }

    private Optional<byte[]> part(WireResponse response) {
        return world.outcome(response.body().next());
    }

    private long inMs(Duration time) {
        return world.loop.instant().plus(time).toEpochMilli();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
