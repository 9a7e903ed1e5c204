package org.stratafed.server.host.quarkus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;

/// The file with the server's signing key, in one line: `ed25519`, the key's version, and its seed
/// in unpadded base64. Synapse's file is the same, so a server can move in either direction.
final class SigningKeyFile {

    private static final String VERSION_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int VERSION_CHARS_NEW = 4;

    private final Path file;
    private final SecureRandom random;

    SigningKeyFile(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /// The key in the file, which is made if there is none and there never was one.
    ///
    /// @param usedBefore the key that the server had, if it had one
    SigningKey readOrMake(Optional<String> usedBefore) {
        try {
            return read(Files.readString(file));
        } catch (NoSuchFileException _) {
            if (usedBefore.isPresent()) {
                throw wrong(
                        "does not exist, and the database was used with the signing key "
                                + usedBefore.get()
                                + ": put the file with that key there");
            }
            return make();
        } catch (IOException _) {
            throw wrong("cannot be read: let the server read it");
        }
    }

    private SigningKey read(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 1) {
            throw wrong("has " + lines.size() + " lines: leave the one of the key in use");
        }
        String[] words = lines.getFirst().strip().split("\\s+");
        if (words.length != 3 || !words[0].equals(KeyId.ED25519)) {
            throw malformed();
        }
        Optional<KeyId> id = KeyId.parse(words[0] + ":" + words[1]);
        Optional<byte[]> seed =
                UnpaddedBase64.decodeEither(words[2])
                        .filter(bytes -> bytes.length == SigningKey.SEED_BYTES);
        if (id.isEmpty() || seed.isEmpty()) {
            throw malformed();
        }
        return new SigningKey(id.get(), seed.get());
    }

    private WrongSettingException malformed() {
        return wrong(
                "is not a signing key: it has to be one line, as in"
                        + " 'ed25519 a_abcd <43 characters of base64>'");
    }

    private SigningKey make() {
        var seed = new byte[SigningKey.SEED_BYTES];
        random.nextBytes(seed);
        var version = new StringBuilder("a_");
        for (int i = 0; i < VERSION_CHARS_NEW; i++) {
            version.append(VERSION_CHARS.charAt(random.nextInt(VERSION_CHARS.length())));
        }
        var key = new SigningKey(new KeyId(KeyId.ED25519 + ":" + version), seed);
        String line = KeyId.ED25519 + " " + version + " " + UnpaddedBase64.encode(seed) + "\n";
        try {
            write(line);
        } catch (IOException _) {
            throw wrong("cannot be written: let the server write it, or put a key there");
        }
        return key;
    }

    /// Complete or not at all, and never readable for others, not even for a moment.
    private void write(String line) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path draft = Files.createTempFile(parent, "signing", ".new", ownerOnly());
        try {
            Files.writeString(draft, line, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private WrongSettingException wrong(String why) {
        return new WrongSettingException("strata.signing-key-file '" + file + "' " + why + ".");
    }
}
