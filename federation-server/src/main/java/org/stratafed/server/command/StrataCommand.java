package org.stratafed.server.command;

import org.stratafed.server.command.judge.JudgeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The offline commands: run without starting a server, and without touching one.
@Command(
        name = "strata",
        description = "Offline commands of Strata, a Matrix federation server.",
        subcommands = JudgeCommand.class)
public final class StrataCommand {

    private StrataCommand() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new StrataCommand()).execute(arguments));
    }
}
