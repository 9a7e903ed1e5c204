package org.stratafed.it.peer;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that lives as long as a test: servers that are to trust each other get
/// their certificates from it, and its own as the one to trust.
public final class ThrowAwayCa {

    private static final X500Name NAME = new X500Name("CN=Strata throw-away CA");
    private static final Duration VALID = Duration.ofDays(30);

    private final Path directory;
    private final KeyPair keys;
    private long serial = 1;

    private ThrowAwayCa(Path directory, KeyPair keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /// Makes a new authority; its certificate is `ca.pem` in the directory.
    public static ThrowAwayCa in(Path directory) {
        try {
            Files.createDirectories(directory);
            var ca = new ThrowAwayCa(directory, newKeys());
            var certificate = ca.sign(NAME, ca.keys, new BasicConstraints(0), null);
            write(ca.certificate(), certificate);
            return ca;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("could not make a certificate authority", e);
        }
    }

    /// The PEM file of the certificate to be trusted.
    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /// A server's certificate and key, as PEM files.
    public record Issued(Path certificate, Path key) {}

    /// Issues a certificate for `localhost` and the loopback addresses.
    public Issued issue(String label) {
        return issue(
                label,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        }));
    }

    private Issued issue(String label, GeneralNames names) {
        try {
            var server = newKeys();
            var certificate =
                    sign(new X500Name("CN=" + label), server, new BasicConstraints(false), names);
            var issued =
                    new Issued(
                            directory.resolve(label + ".pem"), directory.resolve(label + ".key"));
            write(issued.certificate(), certificate);
            write(issued.key(), new JcaPKCS8Generator(server.getPrivate(), null).generate());
            return issued;
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("could not issue a certificate for " + label, e);
        }
    }

    private synchronized X509CertificateHolder sign(
            X500Name subject, KeyPair of, BasicConstraints constraints, GeneralNames names)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        NAME,
                        BigInteger.valueOf(serial++),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(VALID)),
                        subject,
                        of.getPublic());
        var extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, constraints);
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                extensions.createSubjectKeyIdentifier(of.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(keys.getPublic()));
        if (names == null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        } else {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static void write(Path file, Object object) throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(object);
        }
        Files.writeString(file, text.toString());
    }
}
