package org.stratafed.server.host.quarkus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.server.host.RegistrationSettings;

/// The settings, understood.
///
/// @param tls what to prove the server's name with; only in development may there be nothing
/// @param wellKnownServer what to answer at `/.well-known/matrix/server`
public record HostSettings(
        ServerName serverName,
        Path dataDirectory,
        Path signingKeyFile,
        RoomVersion defaultRoomVersion,
        Listen federation,
        Listen client,
        Optional<TlsFiles> tls,
        List<Path> trustedAuthorities,
        boolean allowPrivateAddresses,
        Optional<ServerName> wellKnownServer,
        RegistrationSettings registration) {

    /// Where to listen.
    public record Listen(String address, int port) {

        @Override
        public String toString() {
            return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
        }
    }

    /// PEM files: the certificate with those between it and its authority, and its key.
    public record TlsFiles(Path certificate, Path key) {}

    Path databaseFile() {
        return dataDirectory.resolve("strata.db");
    }
}
