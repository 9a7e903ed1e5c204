package org.stratafed.it.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

/// A federation client that signs requests in a server's name with that server's key: what a peer
/// sends, byte for byte as one wants it. Signs with the JDK, not with Strata.
public final class FederationPeer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String origin;
    private final String keyId;
    private final PrivateKey key;

    private FederationPeer(HttpClient http, String origin, String keyId, PrivateKey key) {
        this.http = http;
        this.origin = origin;
        this.keyId = keyId;
        this.key = key;
    }

    /// Speaks as this server, with the key in its signing key file (one line:
    /// `ed25519 VERSION SEED`).
    public static FederationPeer as(String server, Path signingKeyFile, ThrowAwayCa ca) {
        try {
            var parts = Files.readString(signingKeyFile).strip().split("\\s+");
            var seed = Base64.getDecoder().decode(parts[2]);
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            return new FederationPeer(trusting(ca), server, "ed25519:" + parts[1], key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot speak as " + server, e);
        }
    }

    /// An HTTP client that trusts this authority and no other.
    public static HttpClient trusting(ThrowAwayCa ca) {
        try (var pem = Files.newInputStream(ca.certificate())) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot trust " + ca.certificate(), e);
        }
    }

    /// A raw answer.
    public record RawAnswer(int status, String body) {}

    /// Sends one signed request to the server of this name.
    public RawAnswer send(String destination, String method, String target, JsonObject body) {
        return send(destination, method, target, Optional.of(body));
    }

    /// One event as the destination has it, by `GET /event/{eventId}`; empty when it won't say.
    public Optional<JsonObject> event(String destination, String eventId) {
        var target = "/_matrix/federation/v1/event/" + MatrixClient.encode(eventId);
        var answer = send(destination, "GET", target, Optional.empty());
        return answer.status() == 200
                ? Optional.of(JsonReader.readObject(answer.body().getBytes(UTF_8)))
                : Optional.empty();
    }

    private RawAnswer send(
            String destination, String method, String target, Optional<JsonObject> body) {
        var signed =
                JsonObject.builder()
                        .putIfPresent("content", body)
                        .put("destination", destination)
                        .put("method", method)
                        .put("origin", origin)
                        .put("uri", target)
                        .build();
        var header =
                "X-Matrix origin=\"%s\",destination=\"%s\",key=\"%s\",sig=\"%s\""
                        .formatted(origin, destination, keyId, sign(signed));
        var request =
                HttpRequest.newBuilder(URI.create("https://" + destination + target))
                        .timeout(PATIENCE)
                        .header("Authorization", header)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.map(CanonicalJson::encode)
                                        .map(HttpRequest.BodyPublishers::ofByteArray)
                                        .orElse(HttpRequest.BodyPublishers.noBody()))
                        .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new RawAnswer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String sign(JsonObject object) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(CanonicalJson.encode(object));
            return Base64.getEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
