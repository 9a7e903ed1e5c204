package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A packaged Strata, run as a process on loopback under a name of its own (`localhost:PORT`), with
/// its data in a directory that outlives the process.
public final class StrataServer implements AutoCloseable {

    public static final String SHARED_SECRET = "for-tests-only";

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);

    /// As `./strata serve` has them, but for the heap. An AOT cache fits the flags that it was made
    /// with.
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final String name;
    private final int federationPort;
    private final int clientPort;
    private final SequencedMap<String, String> settings;
    private ServerProcess process;

    /// Prepares a server; nothing runs yet.
    ///
    /// @param directory where its data, certificate and log are
    public StrataServer(Path directory, ThrowAwayCa ca) {
        this(directory, ca, FreePorts.next());
    }

    private StrataServer(Path directory, ThrowAwayCa ca, int federationPort) {
        this(directory, ca, "localhost:" + federationPort, federationPort);
    }

    /// Prepares a server that others reach over this link.
    public StrataServer(Path directory, ThrowAwayCa ca, NetworkLink link) {
        this(directory, ca, link.name(), link.innerPort());
    }

    private StrataServer(Path directory, ThrowAwayCa ca, String name, int federationPort) {
        this.directory = directory;
        this.name = name;
        this.federationPort = federationPort;
        settings = new LinkedHashMap<>();
        clientPort = FreePorts.next();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var issued = ca.issue("strata-" + federationPort);
        set("strata.server-name", name());
        set("strata.federation.port", String.valueOf(federationPort));
        set("strata.data-dir", directory.resolve("data").toString());
        set("strata.federation.bind", "127.0.0.1");
        set("strata.federation.tls.certificate", issued.certificate().toString());
        set("strata.federation.tls.key", issued.key().toString());
        set("strata.federation.trusted-ca", ca.certificate().toString());
        set("strata.federation.allow-private-addresses", "true");
        set("strata.client.port", String.valueOf(clientPort));
        set("strata.registration.enabled", "true");
        set("strata.registration.shared-secret", SHARED_SECRET);
    }

    private StrataServer(Path directory, StrataServer original) {
        this.directory = directory;
        name = original.name;
        settings = new LinkedHashMap<>(original.settings);
        federationPort = FreePorts.next();
        clientPort = FreePorts.next();
        set("strata.federation.port", String.valueOf(federationPort));
        set("strata.client.port", String.valueOf(clientPort));
    }

    /// Another process on the same data, with ports and a log of its own.
    public StrataServer twin() {
        var twin = directory.resolve("twin");
        try {
            Files.createDirectories(twin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StrataServer(twin, this);
    }

    /// A setting for the next start.
    public StrataServer set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public String name() {
        return name;
    }

    public URI clientUrl() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    int federationPort() {
        return federationPort;
    }

    public URI federationUrl() {
        return URI.create("https://localhost:" + federationPort);
    }

    public Path directory() {
        return directory;
    }

    /// Starts it without waiting.
    public StrataServer launch() {
        return launch(AotCache.options(jar()));
    }

    StrataServer launch(List<String> jvmOptions) {
        process = new ServerProcess(name(), directory.resolve("strata.log"), command(jvmOptions));
        process.start();
        return this;
    }

    public StrataServer awaitReady() {
        process.awaitAnswer(http, clientUrl().resolve("/_matrix/client/versions"), START_PATIENCE);
        return this;
    }

    public StrataServer start() {
        return launch().awaitReady();
    }

    private List<String> command(List<String> jvmOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(jvmOptions);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(jar().toString());
        return command;
    }

    static Path jar() {
        var jar = System.getProperty("strata.server.jar");
        if (jar == null || !Files.exists(Path.of(jar))) {
            throw new IllegalStateException(
                    "the packaged server is missing (strata.server.jar=" + jar + ")");
        }
        return Path.of(jar);
    }

    public MatrixClient client() {
        return new MatrixClient(http, clientUrl());
    }

    /// Speaks in this server's name.
    public FederationPeer envoy(ThrowAwayCa ca) {
        return FederationPeer.as(name, directory.resolve("data").resolve("signing.key"), ca);
    }

    /// `kill -9`.
    public void kill() {
        process.kill();
    }

    /// SIGTERM, and the exit code.
    public int stop() {
        return process.stop();
    }

    /// For a start that is expected to fail: waits for the end, and answers the exit code.
    public int awaitExit() {
        return process.awaitExit(START_PATIENCE);
    }

    /// SIGTERM, and waits as long for the end.
    void stop(Duration patience) {
        process.stop(patience);
    }

    public String logTail() {
        return process.tail();
    }

    public long residentMiB() {
        return ServerProcess.residentMiB(process.pid());
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.kill();
        }
    }
}
