package org.stratafed.server.host.quarkus;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A certificate for `localhost` that nobody trusts, made by the JDK's `keytool`. Development only.
final class DevelopmentCertificate {

    private static final String PASSWORD = "development";

    private DevelopmentCertificate() {}

    static KeyCertOptions in(Path directory) {
        Path file = directory.resolve("development-certificate.p12");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
        } catch (IOException failure) {
            throw new WrongSettingException(
                    "No certificate could be made for development ("
                            + failure.getMessage()
                            + "): set strata.federation.tls.certificate and"
                            + " strata.federation.tls.key.");
        }
        return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
    }

    private static void make(Path file) throws IOException {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var arguments =
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString());
        var process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool said: " + said.strip());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }
}
