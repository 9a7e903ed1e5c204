package org.stratafed.server.command;

import org.stratafed.server.command.explain.ExplainCommand;
import org.stratafed.server.command.judge.JudgeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands that run without starting a server: on files, or beside a server that runs.
@Command(
        name = "strata",
        description = "Commands of Strata, a Matrix federation server.",
        subcommands = {ExplainCommand.class, JudgeCommand.class})
public final class StrataCommand {

    private StrataCommand() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new StrataCommand()).execute(arguments));
    }
}
