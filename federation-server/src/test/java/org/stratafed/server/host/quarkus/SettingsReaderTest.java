package org.stratafed.server.host.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;

class SettingsReaderTest {

    @TempDir Path directory;

    private final Map<String, String> written = new LinkedHashMap<>();

    @BeforeEach
    void allThatIsNeeded() throws IOException {
        Path certificate = Files.writeString(directory.resolve("certificate.pem"), "x");
        Path key = Files.writeString(directory.resolve("key.pem"), "x");
        written.put("strata.server-name", "example.org");
        written.put("strata.data-dir", directory.resolve("data").toString());
        written.put("strata.federation.tls.certificate", certificate.toString());
        written.put("strata.federation.tls.key", key.toString());
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        var settings = read();

        assertThat(settings.serverName()).isEqualTo(new ServerName("example.org"));
        assertThat(settings.federation()).hasToString("0.0.0.0:8448");
        assertThat(settings.client()).hasToString("127.0.0.1:8008");
        assertThat(settings.signingKeyFile()).isEqualTo(directory.resolve("data/signing.key"));
        assertThat(settings.defaultRoomVersion()).isEqualTo(new RoomVersion("12"));
        assertThat(settings.allowPrivateAddresses()).isFalse();
        assertThat(settings.trustedAuthorities()).isEmpty();
        assertThat(settings.registration().enabled()).isFalse();
    }

    @Test
    void severalAuthoritiesAreSeparatedByCommas() throws IOException {
        Path one = Files.writeString(directory.resolve("one.pem"), "x");
        Path two = Files.writeString(directory.resolve("two.pem"), "x");
        written.put("strata.federation.trusted-ca", one + ", " + two);

        assertThat(read().trustedAuthorities()).containsExactly(one, two);
    }

    @Test
    void aMissingServerNameIsTold() {
        written.remove("strata.server-name");

        assertThat(sentence()).contains("strata.server-name is not set: set it to");
    }

    @Test
    void aServerNameThatIsNoneIsTold() {
        written.put("strata.server-name", "https://example.org");

        assertThat(sentence())
                .contains("strata.server-name is 'https://example.org', which is no server name");
    }

    @Test
    void aMissingCertificateIsTold() {
        written.remove("strata.federation.tls.certificate");

        assertThat(sentence()).contains("strata.federation.tls.certificate is not set");
    }

    @Test
    void aCertificateThatDoesNotExistIsTold() {
        written.put("strata.federation.tls.certificate", "/nowhere.pem");

        assertThat(sentence())
                .contains("strata.federation.tls.certificate is '/nowhere.pem'")
                .contains("does not exist");
    }

    @Test
    void onlyDevelopmentDoesWithoutACertificate() {
        written.remove("strata.federation.tls.certificate");
        written.remove("strata.federation.tls.key");

        assertThat(new SettingsReader(settings(), true).read().tls()).isEmpty();
        assertThat(sentence()).contains("strata.federation.tls.certificate is not set");
    }

    @Test
    void aDataDirectoryThatIsAFileIsTold() {
        written.put("strata.data-dir", directory.resolve("key.pem").toString());

        assertThat(sentence()).contains("strata.data-dir is").contains("nothing can be written");
    }

    @Test
    void aRoomVersionThatIsNotSupportedIsToldWithThoseThatAre() {
        written.put("strata.default-room-version", "99");

        assertThat(sentence())
                .contains("strata.default-room-version is '99'")
                .contains("10, 11, 12");
    }

    @Test
    void aPortThatIsNoneIsTold() {
        written.put("strata.client.port", "http");

        assertThat(sentence()).contains("strata.client.port is 'http', which is no port");
    }

    @Test
    void thePortsHaveToDiffer() {
        written.put("strata.client.port", "8448");

        assertThat(sentence()).contains("give them different ports");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        written.put("strata.federation.allow-private-addresses", "yes");

        assertThat(sentence())
                .contains("strata.federation.allow-private-addresses is 'yes': set it to true");
    }

    private HostSettings read() {
        return new SettingsReader(settings(), false).read();
    }

    private String sentence() {
        Throwable failure = catchThrowable(this::read);
        assertThat(failure).isInstanceOf(WrongSettingException.class);
        assertThat(failure.getMessage().lines()).hasSize(1);
        return failure.getMessage();
    }

    private ServerSettings settings() {
        return new SmallRyeConfigBuilder()
                .withMapping(ServerSettings.class)
                .withSources(new PropertiesConfigSource(written, "test", 100))
                .build()
                .getConfigMapping(ServerSettings.class);
    }
}
