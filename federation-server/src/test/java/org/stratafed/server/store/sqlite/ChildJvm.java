package org.stratafed.server.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that a test may do anything to.
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = process.inputReader();
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /// No file that the process writes may become larger than this.
    static ChildJvm startWithFilesUpTo(int kibibytes, Class<?> main, String... arguments)
            throws IOException {
        // In units of 512 bytes, as POSIX has it.
        String limited = "ulimit -f " + 2 * kibibytes + " && exec \"$0\" \"$@\"";
        return start(List.of("sh", "-c", limited), main, arguments);
    }

    private static ChildJvm start(List<String> before, Class<?> main, String... arguments)
            throws IOException {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// The next line it prints; none at its end.
    Optional<String> nextLine() {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All further lines, to its end.
    List<String> output() {
        var lines = new ArrayList<String>();
        for (var line = nextLine(); line.isPresent(); line = nextLine()) {
            lines.add(line.get());
        }
        return lines;
    }

    int exitCode() {
        try {
            if (!process.waitFor(SqliteUnderTest.ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the child doesn't end");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Like `kill -9`. What it has printed can still be read.
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
