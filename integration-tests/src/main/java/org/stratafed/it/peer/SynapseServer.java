package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.stratafed.api.model.json.JsonObject;

/// A real Synapse, run as a process on loopback under a name of its own (`localhost:PORT`, unless
// told otherwise).
public final class SynapseServer implements AutoCloseable {

    private static final String SHARED_SECRET = "for-tests-only";
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final String name;
    private final int federationPort;
    private final int clientPort;
    private final ServerProcess process;

    /// Prepares a server; nothing runs yet.
    ///
    /// @param installation where Synapse is installed
    public SynapseServer(Path directory, ThrowAwayCa ca, SynapseInstallation installation) {
        this(directory, ca, installation, FreePorts.next());
    }

    private SynapseServer(
            Path directory, ThrowAwayCa ca, SynapseInstallation installation, int port) {
        this(directory, ca, installation, "localhost:" + port, port);
    }

    /// Prepares a server that others reach over this link.
    public SynapseServer(
            Path directory, ThrowAwayCa ca, SynapseInstallation installation, NetworkLink link) {
        this(directory, ca, installation, link.name(), link.innerPort());
    }

    private SynapseServer(
            Path directory,
            ThrowAwayCa ca,
            SynapseInstallation installation,
            String name,
            int federationPort) {
        this.directory = directory;
        this.name = name;
        this.federationPort = federationPort;
        clientPort = FreePorts.next();
        try {
            Files.createDirectories(directory);
            var issued = ca.issue("synapse-" + federationPort);
            Files.writeString(directory.resolve("homeserver.yaml"), configuration(ca, issued));
            Files.writeString(directory.resolve("log.yaml"), logging());
            Files.writeString(directory.resolve("signing.key"), newSigningKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process =
                new ServerProcess(
                        "Synapse " + name(),
                        directory.resolve("synapse.log"),
                        List.of(
                                installation.python().toString(),
                                "-m",
                                "synapse.app.homeserver",
                                "-c",
                                directory.resolve("homeserver.yaml").toString()));
    }

    public String name() {
        return name;
    }

    public URI clientUrl() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    public SynapseServer launch() {
        process.start();
        return this;
    }

    public SynapseServer awaitReady() {
        process.awaitAnswer(http, clientUrl().resolve("/health"), START_PATIENCE);
        return this;
    }

    public SynapseServer start() {
        return launch().awaitReady();
    }

    /// Speaks in this server's name.
    public FederationPeer envoy(ThrowAwayCa ca) {
        return FederationPeer.as(name, directory.resolve("signing.key"), ca);
    }

    /// `kill -9`.
    public void kill() {
        process.kill();
    }

    /// SIGTERM.
    public void stop() {
        process.stop();
    }

    public String logTail() {
        return process.tail();
    }

    public MatrixClient client() {
        return new MatrixClient(http, clientUrl());
    }

    /// A new user, made with the shared secret as an operator's tools do it.
    public MatrixClient register(String localpart, String password) {
        var client = client();
        var path = "/_synapse/admin/v1/register";
        var nonce = client.call("GET", path, Optional.empty()).expect(200).string("nonce");
        var request =
                JsonObject.builder()
                        .put("nonce", nonce)
                        .put("username", localpart)
                        .put("password", password)
                        .put("admin", false)
                        .put("mac", mac(String.join("\0", nonce, localpart, password, "notadmin")))
                        .build();
        var made = client.call("POST", path, Optional.of(request)).expect(200);
        return client.signedIn(made.string("user_id"), made.string("access_token"));
    }

    /// The code that proves knowledge of the shared secret.
    static String mac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SHARED_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configuration(ThrowAwayCa ca, ThrowAwayCa.Issued issued) {
        return """
        server_name: "%s"
        public_baseurl: "%s/"
        listeners:
          - {type: http, port: %d, bind_addresses: ["127.0.0.1"], tls: true,
             resources: [{names: [client, federation]}]}
          - {type: http, port: %d, bind_addresses: ["127.0.0.1"], tls: false,
             resources: [{names: [client, federation]}]}
        tls_certificate_path: "%s"
        tls_private_key_path: "%s"
        federation_custom_ca_list: ["%s"]
        signing_key_path: "%s"
        registration_shared_secret: "%s"
        macaroon_secret_key: throw-away
        form_secret: throw-away
        enable_registration: false
        bcrypt_rounds: 4
        pid_file: "%s"
        log_config: "%s"
        media_store_path: "%s"
        database: {name: sqlite3, args: {database: "%s"}}
        # Loopback and nothing else can be reached.
        ip_range_blacklist: ["0.0.0.0/1", "128.0.0.0/1"]
        ip_range_whitelist: ["127.0.0.0/8", "::1/128"]
        trusted_key_servers: []
        suppress_key_server_warning: true
        report_stats: false
        url_preview_enabled: false
        filter_timeline_limit: 1000
        allow_public_rooms_over_federation: true
        federation: {destination_min_retry_interval: 1s, destination_retry_multiplier: 1,
                     destination_max_retry_interval: 2s, client_timeout: 30s,
                     max_long_retry_delay: 2s}
        # Tests are bursts.
        rc_message: &free {per_second: 1000000, burst_count: 1000000}
        rc_registration: *free
        rc_room_creation: *free
        rc_profile: *free
        rc_admin_redaction: *free
        rc_joins_per_room: *free
        rc_login: {address: *free, account: *free, failed_attempts: *free}
        rc_joins: {local: *free, remote: *free}
        rc_invites: {per_room: *free, per_user: *free, per_issuer: *free}
        rc_federation: {window_size: 1000, sleep_limit: 1000000, sleep_delay: 0,
                        reject_limit: 1000000, concurrent: 1000}
        federation_rr_transactions_per_room_per_second: 1000000
        """
                .formatted(
                        name(),
                        clientUrl(),
                        federationPort,
                        clientPort,
                        issued.certificate(),
                        issued.key(),
                        ca.certificate(),
                        directory.resolve("signing.key"),
                        SHARED_SECRET,
                        directory.resolve("synapse.pid"),
                        directory.resolve("log.yaml"),
                        directory.resolve("media"),
                        directory.resolve("homeserver.db"));
    }

    private static String newSigningKey() {
        var seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return "ed25519 a_test " + Base64.getEncoder().withoutPadding().encodeToString(seed) + "\n";
    }

    private static String logging() {
        return """
        version: 1
        disable_existing_loggers: false
        formatters:
          line: {format: "%(asctime)s %(levelname)s %(name)s:%(lineno)d %(request)s %(message)s"}
        handlers: {err: {class: logging.StreamHandler, formatter: line}}
        loggers: {synapse.storage.SQL: {level: INFO}}
        root: {level: INFO, handlers: [err]}
        """;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
    }
}
