package org.stratafed.server.host.quarkus;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509KeyManager;
import org.stratafed.server.crypto.KeyPairs;
import org.stratafed.server.host.quarkus.HostSettings.TlsFiles;

/// The certificate of the federation port, checked before it is used: a wrong one would only show
/// in other servers' logs.
final class FederationCertificate {

    private FederationCertificate() {}

    /// Read once, for all the servers that use it.
    static KeyCertOptions load(Vertx vertx, TlsFiles files) {
        var options =
                new PemKeyCertOptions()
                        .setCertPath(files.certificate().toString())
                        .setKeyPath(files.key().toString());
        X509KeyManager keys = keyManager(vertx, options, files);
        for (String type : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS"}) {
            String[] aliases = keys.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
                check(keys.getCertificateChain(aliases[0])[0], keys.getPrivateKey(aliases[0]));
                break;
            }
        }
        return KeyCertOptions.wrap(keys);
    }

    private static X509KeyManager keyManager(
            Vertx vertx, PemKeyCertOptions options, TlsFiles files) {
        try {
            for (var manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager x509) {
                    return x509;
                }
            }
            throw new GeneralSecurityException("no key");
        } catch (Exception failure) {
            throw new WrongSettingException(
                    "strata.federation.tls.certificate '"
                            + files.certificate()
                            + "' and strata.federation.tls.key '"
                            + files.key()
                            + "' cannot be used ("
                            + failure.getMessage()
                            + "): set them to a certificate and its unencrypted private key, both"
                            + " in PEM format.");
        }
    }

    private static void check(X509Certificate certificate, PrivateKey key) {
        try {
            if (!KeyPairs.match(algorithm(key), key, certificate.getPublicKey())) {
                throw new GeneralSecurityException("the signature does not verify");
            }
        } catch (GeneralSecurityException _) {
            throw new WrongSettingException(
                    "strata.federation.tls.key is not the key of the certificate in"
                            + " strata.federation.tls.certificate: set both to files that belong"
                            + " together.");
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
