package org.stratafed.server.host.vertx;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The certificate authorities that other servers' certificates may come from: the system's, and
/// the operator's own.
public final class TrustedAuthorities {

    private final KeyStore store;

    private TrustedAuthorities(KeyStore store) {
        this.store = store;
    }

    /// Those the system trusts, and those in these PEM files. Blocks.
    ///
    /// @throws UnreadableException naming the file, if one has no certificate
    public static TrustedAuthorities systemAnd(List<Path> pemFiles) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate authority : system()) {
                store.setCertificateEntry("authority-" + count++, authority);
            }
            for (Path file : pemFiles) {
                for (Certificate authority : read(file)) {
                    store.setCertificateEntry("authority-" + count++, authority);
                }
            }
            return new TrustedAuthorities(store);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("cannot collect the trusted authorities", failure);
        }
    }

    private static List<X509Certificate> system() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    private static Collection<? extends Certificate> read(Path file)
            throws GeneralSecurityException {
        Collection<? extends Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException failure) {
            throw new UnreadableException("The file " + file + " cannot be read", failure);
        } catch (java.security.cert.CertificateException failure) {
            throw new UnreadableException("The file " + file + " is not in PEM format", failure);
        }
        if (found.isEmpty()) {
            throw new UnreadableException("The file " + file + " has no certificate in it", null);
        }
        return found;
    }

    /// How Vert.x is told. The JDK's own trust manager does the checking, names included.
    TrustOptions options() {
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot trust the authorities given", failure);
        }
    }

    /// A file of certificates that isn't one.
    public static final class UnreadableException extends RuntimeException {

        UnreadableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
