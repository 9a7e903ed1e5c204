package org.stratafed.server.command.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.crypto.SignatureProviders;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges a room that was written down: what the server would make of these events if they came in
/// this order.
///
/// The same code that receives events decides. There is no soft failure, since nothing is new, and
/// no other server to ask: what an event cites has to come before it.
@Command(
        name = "judge",
        description = {
            "Judges the events of a room, as the server would on receiving them in this order.",
            "The format is described in docs/judge.md."
        })
public final class JudgeCommand implements Callable<Integer> {

    /// What fits into memory with all that is made of it.
    static final int INPUT_BYTES_MAX = 512 << 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.json",
            description = "What to judge; standard input if it is - or left out.")
    private Path file = Path.of("-");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    private boolean help;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        JudgeInput input;
        try {
            input = JudgeInput.parse(read());
        } catch (NoSuchFileException e) {
            return refuse("there is no file " + e.getFile());
        } catch (IOException e) {
            return refuse("cannot read " + file + ": " + e.getMessage());
        } catch (InvalidInput e) {
            return refuse(e.getMessage());
        }
        var judgement = new RoomJudge(input, SignatureProviders.fastest()).judge();
        var out = spec.commandLine().getOut();
        out.println(JsonWriter.text(judgement.json()));
        out.flush();
        return ExitCode.OK;
    }

    private byte[] read() throws IOException {
        try (var stream = file.equals(Path.of("-")) ? System.in : Files.newInputStream(file)) {
            var bytes = stream.readNBytes(INPUT_BYTES_MAX);
            if (stream.read() >= 0) {
                throw new InvalidInput("the input has more than " + INPUT_BYTES_MAX + " bytes");
            }
            return bytes;
        }
    }

    private int refuse(String why) {
        var err = spec.commandLine().getErr();
        err.println("strata judge: " + why);
        err.flush();
        return ExitCode.USAGE;
    }
}
