package org.stratafed.server.host.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.id.KeyId;

class SigningKeyFileTest {

    @TempDir Path directory;

    @Test
    void theFirstStartMakesAKeyThatLaterStartsRead() throws IOException {
        var made = file().readOrMake(Optional.empty());

        assertThat(file().readOrMake(Optional.empty())).isEqualTo(made);
        assertThat(Files.readString(path())).matches("ed25519 a_[A-Za-z]{4} [A-Za-z0-9+/]{43}\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(path());
        }
    }

    /// Nobody would believe what is signed with another one.
    @Test
    void aKeyThatIsMissingIsAskedForAndNotMadeAnew() {
        assertThatThrownBy(() -> file().readOrMake(Optional.of("ed25519:a_old AAAA")))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("strata.signing-key-file")
                .hasMessageContaining("ed25519:a_old AAAA")
                .hasMessageContaining("put the file with that key there");
        assertThat(path()).doesNotExist();
    }

    @Test
    void nobodyElseMayReadTheKey() throws IOException {
        file().readOrMake(Optional.empty());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    /// The example key of the specification, in a file as Synapse has it.
    @Test
    void aKeyOfSynapseIsRead() throws IOException {
        Files.writeString(path(), "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1\n");

        assertThat(file().readOrMake(Optional.empty()).id()).isEqualTo(new KeyId("ed25519:1"));
    }

    @Test
    void whatIsNoKeyIsToldByNameAndNeverReplaced() throws IOException {
        Files.writeString(path(), "ed25519 1 tooshort\n");

        assertThatThrownBy(() -> file().readOrMake(Optional.empty()))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("strata.signing-key-file")
                .hasMessageContaining("is not a signing key");
        assertThat(Files.readString(path())).isEqualTo("ed25519 1 tooshort\n");
    }

    @Test
    void theSecretIsNotInTheMessage() throws IOException {
        Files.writeString(path(), "ed25519 1 c2VjcmV0 more\n");

        assertThatThrownBy(() -> file().readOrMake(Optional.empty()))
                .isInstanceOf(WrongSettingException.class)
                .message()
                .doesNotContain("c2VjcmV0");
    }

    private Path path() {
        return directory.resolve("signing.key");
    }

    private SigningKeyFile file() {
        return new SigningKeyFile(path(), new SecureRandom());
    }
}
