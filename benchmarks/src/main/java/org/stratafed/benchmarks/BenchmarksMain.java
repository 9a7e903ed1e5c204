package org.stratafed.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.stratafed.benchmarks.disk.DiskMain;
import org.stratafed.benchmarks.join.JoinMain;

/// Runs the benchmarks, or those whose name has a given text in it, shows what came out, and writes
/// it down as JSON.
public final class BenchmarksMain {

    private static final String LIMIT = "verifySignatureAlone";

    /// Measured by itself: it takes minutes, and memory counts too.
    private static final String JOIN = "join";

    /// Measured by itself as well: it is bytes.
    private static final String DISK = "disk";

    private BenchmarksMain() {}

    /// @param args a part of the benchmarks' names, or nothing; or `join` and numbers of members;
    // or `disk`
    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case JOIN -> JoinMain.main(Arrays.copyOfRange(args, 1, args.length));
            case DISK -> DiskMain.main(Arrays.copyOfRange(args, 1, args.length));
            case String name -> measure(name);
        }
    }

    private static void measure(String name) throws IOException, RunnerException {
        var report = Path.of(System.getProperty("strata.home", "."), "target", "benchmarks.json");
        Files.createDirectories(report.getParent());
        var results = run(name, report);
        System.out.print(table(results));
        System.out.println("written to " + report);
    }

    private static Collection<RunResult> run(String name, Path report) throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(".*" + name + ".*")
                        .resultFormat(ResultFormatType.JSON)
                        .result(report.toString())
                        .build();
        return new Runner(options).run();
    }

    /// Each with its time, and how many signatures could have been verified in that.
    private static String table(Collection<RunResult> results) {
        var limit =
                results.stream()
                        .filter(result -> name(result).endsWith(LIMIT))
                        .mapToDouble(BenchmarksMain::micros)
                        .findFirst();
        return results.stream()
                .map(
                        result ->
                                String.format(
                                                Locale.ROOT,
                                                "%-58s %12.1f µs",
                                                name(result),
                                                micros(result))
                                        + (limit.isPresent()
                                                ? String.format(
                                                        Locale.ROOT,
                                                        "  %8.2f signatures",
                                                        micros(result) / limit.getAsDouble())
                                                : ""))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String name(RunResult result) {
        var name = result.getParams().getBenchmark();
        var parameters =
                result.getParams().getParamsKeys().stream()
                        .map(key -> " " + result.getParams().getParam(key))
                        .collect(Collectors.joining());
        return name.substring(BenchmarksMain.class.getPackageName().length() + 1) + parameters;
    }

    private static double micros(RunResult result) {
        var score = result.getPrimaryResult();
        return switch (score.getScoreUnit()) {
            case "us/op" -> score.getScore();
            case "ms/op" -> score.getScore() * 1_000;
            default -> throw new IllegalStateException("no time: " + score.getScoreUnit());
        };
    }
}
