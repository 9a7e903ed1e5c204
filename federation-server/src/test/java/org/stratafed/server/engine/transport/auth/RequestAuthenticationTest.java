package org.stratafed.server.engine.transport.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.transport.PeerServer;

/// The signer against the published vectors and an independent signer, and the authenticator
/// against both.
class RequestAuthenticationTest {

    private static final ServerName DESTINATION = new ServerName("destination.hs.example.com");
    private static final Signatures SIGNATURES = SignatureProviders.pureJava();
    private static final InstantSource CLOCK = () -> Instant.EPOCH;

    private final PeerServer peer = PeerServer.ofTheVectors();
    private final RequestSigner signer =
            new RequestSigner(
                    new ServerName("domain"),
                    new SigningKey(
                            new KeyId("ed25519:1"),
                            Base64.getDecoder()
                                    .decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1")),
                    SIGNATURES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /_matrix/federation/v1/event/%24abc%3Adomain | | "
                        + "R3fxELY6uv6yV3i2rMudShxFinRseTbI6IVRFKIThD96NPo8UkLOgzhsilCLU6PCmhkH2"
                        + "ruw6RRRqQiFbGp+DQ",
                "GET | /_matrix/federation/v1/make_join/%21x%3Adomain/%40a%3Adomain?ver=11&ver=12"
                        + " | | "
                        + "B4AmatEK7PgmQTa2rO28Zt2TB6fTSY2HDLaIomdm9DwsU5xawzDUxjT+f9rGxRaH1Su1Z"
                        + "WH7NDg8gzgu2UmmAQ",
                "PUT | /_matrix/federation/v1/send/1 | "
                        + "{\"pdus\":[],\"origin\":\"domain\",\"origin_server_ts\":1000000} | "
                        + "iYyOajS5lmW7Voy1gXiaovGkZJVPukRypatPrHctXhYEMv1VGl4E32rGZDpOa2VKHwJtj"
                        + "OOzKB2AraYB8yCiAA",
                "POST | /_matrix/federation/v1/user/keys/query | {} | "
                        + "6NSggMtNHQaR1O1IsEOMVfVT0c1885wizNJebI+xBGjEW3l8LSUC3zc86+cKN+GDmKvYJ"
                        + "tvA31OkpMqugfcfAw",
            })
    void theVectorsAreSignedAndProvedAlike(
            String method, String target, String body, String signature) {
        var content = Optional.ofNullable(body).map(RequestAuthenticationTest::json);

        var request = signer.signed(method, target, DESTINATION, content);

        assertThat(request.headerValues("Authorization"))
                .containsExactly(
                        "X-Matrix origin=\"domain\",destination=\"destination.hs.example.com\","
                                + "key=\"ed25519:1\",sig=\""
                                + signature
                                + '"');
        prove(request);
    }

    /// The target counts byte for byte, however it could be written otherwise.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/federation/v1/event/%24a%2Fb",
                "/_matrix/federation/v1/event/%24a%2fb",
                "/_matrix/federation/v1/event/$a",
                "/_matrix/federation/v1/state/%21r:x?event_id=%24a+b%20c%2B",
                "/_matrix/federation/v1/state/!r:x?event_id=$a",
                "/_matrix/federation/v1/version?",
                "/_matrix/federation/v1/version?&&a=&=b",
                "//_matrix//federation/v1/version/",
                "/_matrix/./federation/../v1",
                "/%5Fmatrix/federation",
                "/_matrix/federation/v1/query/profile?user_id=%E6%97%A5#x",
                "/?a=%zz",
            })
    void whatAnIndependentSignerSignsIsProvedByTheRawTarget(String target) {
        prove(peer.get(target, DESTINATION.value()));
        assertThat(signer.signed("GET", target, DESTINATION, Optional.empty()).headers())
                .isEqualTo(peer.get(target, DESTINATION.value()).headers());
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a/b",
        "/a%2Fb, /a%2fb",
        "/a%21, /a!",
        "/a?b=c+d, /a?b=c%20d",
        "/a?, /a",
        "//a, /a",
        "/a?x=1&y=2, /a?y=2&x=1",
    })
    void anotherWayToWriteTheTargetIsAnotherTarget(String signed, String sent) {
        var request = peer.get(signed, DESTINATION.value());

        unproved(new WireRequest("GET", sent, request.headers(), request.body()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.0}",
                "{\"a\":1.5,\"b\":[1e10,1E+2,-0.0]}",
                "{\"a\":123456789012345678901234567890}",
                "{\"a\":\"\\u0000\\b/\u007f\u2028\",\"\uff5e\":1,\"\ud83d\ude00\":2}",
            })
    void numbersAndTextOfABodyAreProvedAsThePeerWroteThem(String body) {
        prove(peer.request("PUT", "/a", DESTINATION.value(), body));
    }

    @Test
    void methodBodyOriginAndDestinationAreAllCovered() {
        var request = peer.request("PUT", "/a", DESTINATION.value(), "{\"a\":1}");

        unproved(new WireRequest("POST", "/a", request.headers(), request.body()));
        unproved(new WireRequest("PUT", "/a", request.headers(), bytes("{\"a\":2}")));
        unproved(new WireRequest("PUT", "/a", request.headers(), WireRequest.NO_BODY));
        unproved(withOrigin(request, "other"));
        refused(peer.get("/a", "elsewhere"));
    }

    @Test
    void anOldServerDoesNotSayTheDestinationButSignsIt() {
        var request = peer.get("/a", DESTINATION.value());
        var header = request.headerValues("Authorization").getFirst();
        var old = header.replace("destination=\"destination.hs.example.com\",", "");

        prove(new WireRequest("GET", "/a", List.of(authorization(old)), request.body()));
    }

    @Test
    void oneOfSeveralKeysIsEnough() {
        var good = peer.get("/a", DESTINATION.value()).headers().getFirst();
        var wrong = peer.get("/b", DESTINATION.value()).headers().getFirst();
        var unknown = new PeerServer("domain", "ed25519:2", 9);
        var other = unknown.get("/a", DESTINATION.value()).headers().getFirst();

        prove(
                new WireRequest(
                        "GET",
                        "/a",
                        List.of(
                                authorization("Bearer token"),
                                authorization("X-Matrix nonsense"),
                                other,
                                wrong,
                                good),
                        WireRequest.NO_BODY));
    }

    @Test
    void credentialsOfTwoServersAreRefused() {
        var headers = new ArrayList<>(peer.get("/a", DESTINATION.value()).headers());
        var other = new PeerServer("other", "ed25519:1", 9);
        headers.addAll(other.get("/a", DESTINATION.value()).headers());

        refused(new WireRequest("GET", "/a", headers, WireRequest.NO_BODY));
    }

    @Test
    void tooManyCredentialsAreRefused() {
        var header = peer.get("/a", DESTINATION.value()).headers().getFirst();

        refused(
                new WireRequest(
                        "GET",
                        "/a",
                        List.of(header, header, header, header, header, header),
                        WireRequest.NO_BODY));
    }

    @Test
    void theBodySentIsTheBodySigned() {
        var content = json("{\"b\": 1.50, \"a\": \"\\u00e9\"}");

        var request = signer.signed("PUT", "/a", DESTINATION, Optional.of(content));

        assertThat(new String(request.body(), UTF_8)).isEqualTo("{\"a\":\"é\",\"b\":1.5}");
        assertThat(request.headerValues("Content-Type")).containsExactly("application/json");
        prove(request);
    }

    private void prove(WireRequest request) {
        var content =
                request.body().length == 0
                        ? Optional.<JsonObject>empty()
                        : Optional.of(JsonReader.readObject(request.body()));
        authenticator().prove(claim(request), request, content);
    }

    private void unproved(WireRequest request) {
        assertThatThrownBy(() -> prove(request))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        error -> assertThat(error.code()).isEqualTo(MatrixErrorCode.UNAUTHORIZED));
    }

    /// Before any key is asked for.
    private void refused(WireRequest request) {
        assertThatThrownBy(() -> authenticator().claim(request))
                .isInstanceOfSatisfying(
                        MatrixException.class, error -> assertThat(error.status()).isEqualTo(401));
    }

    private Claim claim(WireRequest request) {
        var claims = new ArrayList<Claim>();
        authenticator().claim(request).subscribe().with(claims::add);
        return claims.getFirst();
    }

    private RequestAuthenticator authenticator() {
        var key = new ServerKey(peer.verifyKey(), 1, OptionalLong.empty());
        var ring = new OnlyFirstHand(KeyBook.empty().with(new ServerName("domain"), key));
        return new RequestAuthenticator(DESTINATION, ring, SIGNATURES, CLOCK);
    }

    private record OnlyFirstHand(KeyBook book) implements KeyRing {

        @Override
        public Uni<KeyBook> gather(Collection<WantedKey> wanted) {
            return Uni.createFrom().item(book);
        }

        @Override
        public Uni<KeyBook> gather(Collection<WantedKey> wanted, List<ServerName> notaries) {
            throw new AssertionError("a notary's word proves no request");
        }
    }

    private static WireRequest withOrigin(WireRequest request, String origin) {
        var header = request.headerValues("Authorization").getFirst();
        return new WireRequest(
                request.method(),
                request.target(),
                List.of(authorization(header.replace("\"domain\"", '"' + origin + '"'))),
                request.body());
    }

    private static WireHeader authorization(String value) {
        return new WireHeader("authorization", value);
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
