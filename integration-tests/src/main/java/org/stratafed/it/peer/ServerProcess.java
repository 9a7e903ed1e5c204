package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that runs as a process of its own, with a log file, until it is stopped or killed.
final class ServerProcess {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LOG_TAIL_LINES = 40;

    private final String label;
    private final Path log;
    private final List<String> command;
    private Process process;

    ServerProcess(String label, Path log, List<String> command) {
        this.label = label;
        this.log = log;
        this.command = command;
    }

    void start() {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON"));
            process = builder.start();
            // A test that is killed must not leave servers behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + label, e);
        }
    }

    /// Waits until this URL is answered with 200.
    void awaitAnswer(HttpClient http, URI url, Duration patience) {
        var end = Instant.now().plus(patience);
        while (!answers(http, url)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        label + " ended with " + process.exitValue() + ":\n" + tail());
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        label + " did not answer within " + patience + ":\n" + tail());
            }
            pause();
        }
    }

    private static boolean answers(HttpClient http, URI url) {
        try {
            var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// `kill -9`: no goodbye.
    void kill() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /// SIGTERM, and the exit code.
    int stop() {
        return stop(Duration.ofSeconds(30));
    }

    int stop(Duration patience) {
        process.destroy();
        await(patience);
        return process.exitValue();
    }

    /// Waits for a process that is expected to end by itself.
    int awaitExit(Duration patience) {
        await(patience);
        return process.exitValue();
    }

    private void await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        label + " did not end within " + patience + ":\n" + tail());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The end of the log, for messages about what went wrong.
    String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /// Resident memory in MiB, where the system tells.
    static long residentMiB(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }
}
