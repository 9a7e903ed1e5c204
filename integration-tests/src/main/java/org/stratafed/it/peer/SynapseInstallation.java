package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Synapse in a Python environment of its own, in the user's cache: made once, used by all tests.
///
/// @param python the environment's interpreter
public record SynapseInstallation(Path python) {

    public static final String VERSION = "1.163.2";
    private static final int INSTALL_MINUTES_MAX = 15;

    /// Why there can't be one on this machine, if so.
    public static Optional<String> obstacle() {
        return runs(List.of("python3", "-c", "import venv, ensurepip"))
                ? Optional.empty()
                : Optional.of(
                        "Synapse needs Python 3.10 or later with venv (Debian, Ubuntu: apt-get"
                                + " install python3-venv)");
    }

    /// The installation, made now if it isn't there.
    public static SynapseInstallation get() {
        var home = cache().resolve("synapse-" + VERSION);
        var done = home.resolve("installed");
        try {
            Files.createDirectories(cache());
            // Two test runs may come at once.
            try (var channel =
                            FileChannel.open(
                                    cache().resolve("synapse.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!Files.exists(done)) {
                    install(home);
                    Files.writeString(done, VERSION);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not install Synapse", e);
        }
        return new SynapseInstallation(home.resolve("bin").resolve("python"));
    }

    private static void install(Path home) throws IOException {
        System.err.println("installing Synapse " + VERSION + " into " + home + " …");
        run(List.of("python3", "-m", "venv", "--clear", home.toString()));
        run(
                List.of(
                        home.resolve("bin").resolve("python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary",
                        ":all:",
                        "matrix-synapse==" + VERSION,
                        "matrix-nio==0.26.0"));
    }

    private static Path cache() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base =
                xdg == null || xdg.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(xdg);
        return base.resolve("strata");
    }

    private static boolean runs(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void run(List<String> command) throws IOException {
        var log = Files.createTempFile("strata-install", ".log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)
                    || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        Files.delete(log);
    }
}
