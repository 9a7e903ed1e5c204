package org.stratafed.it.peer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// A file beside the packaged server by which the JVM starts it in less than half the time: it
/// holds the classes as they are when they have been loaded and linked, and what is worth
/// compiling. The JVM makes it at the end of a run that is watched, and leaves it alone where it
/// doesn't fit.
///
/// @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
public final class AotCache {

    /// A busy machine needs many times what an idle one does.
    private static final Duration MAKING_MAX = Duration.ofMinutes(3);

    private static final String PASSWORD = "a throw-away password";

    private AotCache() {}

    /// Makes it for the server in `strata.server.jar`, if there is none that is newer.
    public static void main(String[] arguments) throws IOException {
        var jar = StrataServer.jar();
        if (!isNewer(file(jar), jar)) {
            make(jar);
        }
    }

    /// What the JVM is told in order to use it. It is made first if need be. A server starts
    /// without it too, so whatever goes wrong is said and no more.
    static synchronized List<String> options(Path jar) {
        var cache = file(jar);
        try {
            if (!isNewer(cache, jar)) {
                make(jar);
            }
        } catch (IOException | RuntimeException failure) {
            System.err.println("There is no AOT cache, so servers start slowly: " + failure);
            return List.of();
        }
        // Silent where it doesn't fit.
        return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    /// One that is older was made for another jar.
    private static boolean isNewer(Path cache, Path jar) throws IOException {
        return Files.exists(cache)
                && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    private static Path file(Path jar) {
        return jar.resolveSibling("strata.aot");
    }

    private static void make(Path jar) throws IOException {
        var directory = Files.createTempDirectory("strata-rehearsal");
        var draft = jar.resolveSibling("strata.aot." + ProcessHandle.current().pid());
        var ca = ThrowAwayCa.in(directory.resolve("ca"));
        try (var server = new StrataServer(directory.resolve("server"), ca)) {
            server.launch(List.of("-XX:AOTCacheOutput=" + draft)).awaitReady();
            rehearse(server, ca);
            server.stop(MAKING_MAX);
            Files.move(draft, file(jar), ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// What a server does in its first minute: it answers clients and other servers, and asks one.
    private static void rehearse(StrataServer server, ThrowAwayCa ca) {
        var alice = server.client().register("alice", PASSWORD);
        var room = alice.createPublicRoom("rehearsal", "12");
        var said = alice.say(room, "One, two.");
        alice.sync(Duration.ZERO);
        alice.messages(room);
        var key = server.directory().resolve("data").resolve("signing.key");
        FederationPeer.as(server.name(), key, ca).event(server.name(), said);
        alice.get("/_matrix/client/v3/profile/@nobody:127.0.0.1:" + server.federationPort());
    }
}
