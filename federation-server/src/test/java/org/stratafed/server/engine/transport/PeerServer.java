package org.stratafed.server.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.crypto.SignatureProviders;

/// Another server, as far as signing goes. It shares no code with what it is to test: it writes
/// what it signs by hand and signs it with the JDK.
public final class PeerServer {

    private final ServerName name;
    private final KeyId key;
    private final byte[] seed;

    public PeerServer(String name, String key, byte[] seed) {
        this.name = new ServerName(name);
        this.key = new KeyId(key);
        this.seed = seed;
    }

    /// With a key made of one byte.
    public PeerServer(String name, String key, int seed) {
        this(name, key, filled(seed));
    }

    /// The server of the specification's test vectors.
    public static PeerServer ofTheVectors() {
        var seed = Base64.getDecoder().decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1");
        return new PeerServer("domain", "ed25519:1", seed);
    }

    public ServerName name() {
        return name;
    }

    public KeyId keyId() {
        return key;
    }

    public VerifyKey verifyKey() {
        return SignatureProviders.pureJava().verifyKey(new SigningKey(key, seed));
    }

    /// A signature in unpadded base64.
    public String sign(String message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey());
            signature.update(message.getBytes(UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// A signed GET.
    public WireRequest get(String target, String destination) {
        return request("GET", target, destination, "", "");
    }

    /// A signed request with a body, which is canonical.
    public WireRequest request(String method, String target, String destination, String body) {
        return request(method, target, destination, body, body);
    }

    /// @param signedBody what the signature is over, if it isn't what is sent
    public WireRequest request(
            String method, String target, String destination, String body, String signedBody) {
        var content = signedBody.isEmpty() ? "" : "\"content\":" + signedBody + ",";
        var signed =
                "{%s\"destination\":\"%s\",\"method\":\"%s\",\"origin\":\"%s\",\"uri\":\"%s\"}"
                        .formatted(content, destination, method, name, target);
        var header =
                "X-Matrix origin=\"%s\",destination=\"%s\",key=\"%s\",sig=\"%s\""
                        .formatted(name, destination, key, sign(signed));
        return new WireRequest(
                method,
                target,
                List.of(new WireHeader("Authorization", header)),
                body.getBytes(UTF_8));
    }

    /// What it answers who asks for its keys.
    public String keyAnswer(long validUntilTs) {
        return keyAnswer(name.value(), validUntilTs, "");
    }

    /// @param serverName whom it says it is
    /// @param oldVerifyKeys the members of the object, canonical
    public String keyAnswer(String serverName, long validUntilTs, String oldVerifyKeys) {
        var base64 = Base64.getEncoder().withoutPadding().encodeToString(verifyKey().bytes());
        var rest =
                "\"valid_until_ts\":%d,\"verify_keys\":{\"%s\":{\"key\":\"%s\"}}}"
                        .formatted(validUntilTs, key, base64);
        var head =
                "{\"old_verify_keys\":{%s},\"server_name\":\"%s\","
                        .formatted(oldVerifyKeys, serverName);
        var signatures =
                "\"signatures\":{\"%s\":{\"%s\":\"%s\"}},"
                        .formatted(serverName, key, sign(head + rest));
        return head + signatures + rest;
    }

    /// What another server said of its keys, with this one's signature added, as a notary answers.
    public String vouched(String keyAnswer) {
        int start = keyAnswer.indexOf("\"signatures\":{");
        int end = keyAnswer.indexOf("}},", start) + 3;
        var signature = sign(keyAnswer.substring(0, start) + keyAnswer.substring(end));
        var added = "\"%s\":{\"%s\":\"%s\"},".formatted(name, key, signature);
        int in = start + "\"signatures\":{".length();
        return keyAnswer.substring(0, in) + added + keyAnswer.substring(in);
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    private static byte[] filled(int seed) {
        var bytes = new byte[SigningKey.SEED_BYTES];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }
}
