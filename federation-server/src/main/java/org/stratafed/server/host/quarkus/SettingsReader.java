package org.stratafed.server.host.quarkus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.host.RegistrationSettings;
import org.stratafed.server.host.quarkus.HostSettings.Listen;
import org.stratafed.server.host.quarkus.HostSettings.TlsFiles;

/// Understands the settings, or says in one sentence which one is wrong and how to set it right.
final class SettingsReader {

    private static final int PORT_MAX = 65_535;

    private final ServerSettings written;
    private final boolean isDevelopment;

    /// @param isDevelopment whether the server may do without a certificate of its operator's
    SettingsReader(ServerSettings written, boolean isDevelopment) {
        this.written = written;
        this.isDevelopment = isDevelopment;
    }

    HostSettings read() {
        ServerName serverName = serverName();
        Path dataDirectory = dataDirectory();
        Listen federation =
                listen("federation", written.federation().bind(), written.federation().port());
        Listen client = listen("client", written.client().bind(), written.client().port());
        if (federation.port() == client.port()) {
            throw new WrongSettingException(
                    "strata.federation.port and strata.client.port are both "
                            + client.port()
                            + ": give them different ports.");
        }
        written.management()
                .port()
                .ifPresent(port -> listen("management", written.management().bind(), port));
        return new HostSettings(
                serverName,
                dataDirectory,
                written.signingKeyFile()
                        .map(it -> path("strata.signing-key-file", it))
                        .orElse(dataDirectory.resolve("signing.key")),
                defaultRoomVersion(),
                federation,
                client,
                tls(),
                trustedAuthorities(),
                flag(
                        "strata.federation.allow-private-addresses",
                        written.federation().allowPrivateAddresses()),
                wellKnownServer(),
                new RegistrationSettings(
                        flag("strata.registration.enabled", written.registration().enabled()),
                        written.registration().sharedSecret()));
    }

    private ServerName serverName() {
        String text =
                written.serverName()
                        .orElseThrow(
                                () ->
                                        new WrongSettingException(
                                                """
                                                strata.server-name is not set: set it to the name \
                                                that is to follow the colon in your users' \
                                                identifiers, as in strata.server-name=example.org. \
                                                It cannot be changed later."""));
        return ServerName.parse(text)
                .orElseThrow(
                        () ->
                                new WrongSettingException(
                                        "strata.server-name is '"
                                                + text
                                                + "', which is no server name: set it to a host"
                                                + " name with or without a port, as in example.org"
                                                + " or example.org:8448."));
    }

    private Path dataDirectory() {
        Path directory = path("strata.data-dir", written.dataDir()).toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
        } catch (IOException _) {
            throw unwritable(directory);
        }
        if (!Files.isWritable(directory)) {
            throw unwritable(directory);
        }
        return directory;
    }

    private static WrongSettingException unwritable(Path directory) {
        return new WrongSettingException(
                "strata.data-dir is '"
                        + directory
                        + "', where nothing can be written: set it to a directory that the server"
                        + " may write to.");
    }

    private RoomVersion defaultRoomVersion() {
        String supported =
                RoomVersionRules.supported().stream()
                        .map(RoomVersion::id)
                        .collect(Collectors.joining(", "));
        return written.defaultRoomVersion()
                .map(
                        text ->
                                RoomVersion.parse(text)
                                        .filter(RoomVersionRules.supported()::contains)
                                        .orElseThrow(
                                                () ->
                                                        new WrongSettingException(
                                                                "strata.default-room-version is '"
                                                                        + text
                                                                        + "', which is not"
                                                                        + " supported: set it to"
                                                                        + " one of "
                                                                        + supported
                                                                        + ".")))
                .orElse(RoomVersionRules.recommended().version());
    }

    private static Listen listen(String what, String address, String port) {
        int number;
        try {
            number = Integer.parseInt(port.strip());
        } catch (NumberFormatException _) {
            number = 0;
        }
        if (number < 1 || number > PORT_MAX) {
            throw new WrongSettingException(
                    "strata."
                            + what
                            + ".port is '"
                            + port
                            + "', which is no port: set it to a number from 1 to "
                            + PORT_MAX
                            + ".");
        }
        return new Listen(address, number);
    }

    private Optional<TlsFiles> tls() {
        var tls = written.federation().tls();
        if (isDevelopment && tls.certificate().isEmpty() && tls.key().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TlsFiles(
                        needed(
                                "strata.federation.tls.certificate",
                                tls.certificate(),
                                "certificate"),
                        needed(
                                "strata.federation.tls.key",
                                tls.key(),
                                "certificate's private key")));
    }

    private static Path needed(String key, Optional<String> file, String what) {
        return readable(
                key,
                file.orElseThrow(
                        () ->
                                new WrongSettingException(
                                        key
                                                + " is not set: set it to the PEM file of the "
                                                + what
                                                + ". Other servers talk to this one over TLS"
                                                + " only.")));
    }

    private List<Path> trustedAuthorities() {
        return written.federation().trustedCa().stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(String::strip)
                .filter(file -> !file.isEmpty())
                .map(file -> readable("strata.federation.trusted-ca", file))
                .toList();
    }

    private Optional<ServerName> wellKnownServer() {
        return written.wellKnownServer()
                .map(
                        text ->
                                ServerName.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        new WrongSettingException(
                                                                "strata.well-known-server is '"
                                                                        + text
                                                                        + "', which is no server"
                                                                        + " name: set it to where"
                                                                        + " federation is, as in"
                                                                        + " matrix.example.org:443"
                                                                        + ".")));
    }

    private static boolean flag(String key, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new WrongSettingException(
                            key + " is '" + text + "': set it to true or false.");
        };
    }

    private static Path readable(String key, String text) {
        Path file = path(key, text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new WrongSettingException(
                    key
                            + " is '"
                            + text
                            + "', which "
                            + (Files.exists(file) ? "cannot be read" : "does not exist")
                            + ": set it to a PEM file that the server may read.");
        }
        return file;
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw new WrongSettingException(
                    key + " is '" + text + "', which is no path: set it to one.");
        }
    }
}
