package org.stratafed.server.host.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// The settings as they are written. Text all of them, so that a wrong one is answered by
/// [HostSettings] in one sentence, and not by the configuration library.
@ConfigMapping(prefix = "strata")
public interface ServerSettings {

    /// What the server is called in identifiers. It cannot be changed later.
    Optional<String> serverName();

    /// Where the database and the signing key are.
    @WithDefault("data")
    String dataDir();

    /// The signing key; `signing.key` in the data directory, unless it is somewhere else.
    Optional<String> signingKeyFile();

    /// The version of new rooms whose creator doesn't ask for another.
    Optional<String> defaultRoomVersion();

    /// What to answer at `/.well-known/matrix/server`: where federation is, if not at the server
    /// name itself.
    Optional<String> wellKnownServer();

    Federation federation();

    Client client();

    Management management();

    Registration registration();

    /// What other servers see.
    interface Federation {

        @WithDefault("8448")
        String port();

        /// The address to listen at.
        @WithDefault("0.0.0.0")
        String bind();

        Tls tls();

        /// PEM files of certificate authorities to trust beside the system's, with commas between.
        Optional<String> trustedCa();

        /// Whether other servers may be at private and loopback addresses.
        @WithDefault("false")
        String allowPrivateAddresses();
    }

    /// What the server proves its name with: PEM files.
    interface Tls {

        /// The certificate and those between it and its authority.
        Optional<String> certificate();

        /// The certificate's private key.
        Optional<String> key();
    }

    /// What clients see, without TLS: for a reverse proxy in front.
    interface Client {

        @WithDefault("8008")
        String port();

        /// The address to listen at.
        @WithDefault("127.0.0.1")
        String bind();
    }

    /// What monitoring sees, if a port is set.
    interface Management {

        Optional<String> port();

        /// The address to listen at.
        @WithDefault("127.0.0.1")
        String bind();
    }

    /// Who may make an account.
    interface Registration {

        @WithDefault("false")
        String enabled();

        /// Lets tools of the operator make accounts.
        Optional<String> sharedSecret();
    }
}
