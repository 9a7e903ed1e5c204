package org.stratafed.server.client.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that lets whoever knows it register accounts, as Synapse's tools do.
///
/// @see <a href="https://element-hq.github.io/synapse/latest/admin_api/register_api.html">
///     Shared-secret registration</a>
public record SharedSecret(String value) {

    private static final String HMAC = "HmacSHA1";

    public SharedSecret {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty secret is none");
        }
    }

    /// What the proof is about.
    public record Registration(
            String nonce,
            String username,
            String password,
            boolean admin,
            Optional<String> userType) {}

    public String macOf(Registration registration) {
        String message =
                String.join(
                        "\0",
                        registration.nonce(),
                        registration.username(),
                        registration.password(),
                        registration.admin() ? "admin" : "notadmin");
        String whole = message + registration.userType().map(type -> "\0" + type).orElse("");
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(whole.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    public boolean proves(Registration registration, String mac) {
        return MessageDigest.isEqual(
                macOf(registration).getBytes(StandardCharsets.UTF_8),
                mac.getBytes(StandardCharsets.UTF_8));
    }

    /// It is a secret.
    @Override
    public String toString() {
        return "SharedSecret";
    }
}
