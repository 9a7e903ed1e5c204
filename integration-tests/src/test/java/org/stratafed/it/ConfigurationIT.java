package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// A wrong configuration stops the start, with a sentence that names the key.
class ConfigurationIT {

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "strata.server-name, not a server name",
        "strata.federation.tls.certificate, /nowhere/at/all.pem",
        "strata.default-room-version, 999",
        "strata.data-dir, /proc/nowhere",
    })
    void aWrongSettingIsNamedAndNothingStarts(String key, String value) {
        var ca = ThrowAwayCa.in(directory.resolve("ca"));
        try (var server = new StrataServer(directory.resolve("server"), ca)) {
            server.set(key, value).launch();
            assertThat(server.awaitExit()).isNotZero();
            assertThat(server.logTail()).contains(key).doesNotContain("\tat ");
        }
    }
}
