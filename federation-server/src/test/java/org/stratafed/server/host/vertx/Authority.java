package org.stratafed.server.host.vertx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives as long as a test.
final class Authority {

    private static final Duration VALID = Duration.ofDays(2);

    private final Path directory;
    private final X500Name name;
    private final KeyPair keys = newKeys();
    private long serial;

    Authority(Path directory, String name) {
        this.directory = directory;
        this.name = new X500Name("CN=" + name);
        write(certificate(), "CERTIFICATE", sign(this.name, keys, List.of(), true));
    }

    record Issued(Path certificate, Path key) {}

    Path certificate() {
        return directory.resolve(name.toString().substring(3) + ".pem");
    }

    /// A certificate for these host names and IP addresses, and its key.
    Issued issue(String... names) {
        KeyPair subject = newKeys();
        String file = name.toString().substring(3) + "-" + (serial + 1);
        var issued = new Issued(directory.resolve(file + ".pem"), directory.resolve(file + ".key"));
        var bytes = sign(new X500Name("CN=server"), subject, List.of(names), false);
        write(issued.certificate(), "CERTIFICATE", bytes);
        write(issued.key(), "PRIVATE KEY", subject.getPrivate().getEncoded());
        return issued;
    }

    private byte[] sign(X500Name subject, KeyPair subjectKeys, List<String> names, boolean isCa) {
        Instant now = Instant.now();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(++serial),
                            Date.from(now.minus(VALID)),
                            Date.from(now.plus(VALID)),
                            subject,
                            subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            if (!names.isEmpty()) {
                var all = names.stream().map(Authority::general).toArray(GeneralName[]::new);
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(all));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return builder.build(signer).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralName general(String name) {
        boolean isAddress = name.matches("[0-9.]+") || name.indexOf(':') >= 0;
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String label, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        try {
            Files.writeString(
                    file,
                    "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
