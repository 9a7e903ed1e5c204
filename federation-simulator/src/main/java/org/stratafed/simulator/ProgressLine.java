package org.stratafed.simulator;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.stratafed.simulator.host.Coverage;
import org.stratafed.simulator.scenario.Outcome;
import org.stratafed.simulator.scenario.ScenarioFailure;
import org.stratafed.simulator.scenario.Seeds;

/// How far a run over many seeds is, on one line that is written over while it lasts. Called from
/// all threads that run.
final class ProgressLine {

    private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

    private final PrintStream out;
    private final long seedsWanted;
    private final boolean isInteractive = System.console() != null && System.console().isTerminal();
    private final long startedNanos = System.nanoTime();
    private long shownNanos = startedNanos;
    private long seeds;
    private long runs;
    private long steps;
    private final List<ScenarioFailure> failures = new ArrayList<>();
    private final Coverage coverage = new Coverage();
    private Duration virtual = Duration.ZERO;

    ProgressLine(PrintStream out, Seeds wanted) {
        this.out = out;
        this.seedsWanted = wanted.to() - wanted.from() + 1;
    }

    PrintStream out() {
        return out;
    }

    synchronized void add(Outcome outcome) {
        runs++;
        virtual = virtual.plus(outcome.virtual());
        steps += outcome.steps();
        coverage.add(outcome.coverage());
        show();
    }

    synchronized void seedDone() {
        seeds++;
    }

    synchronized void fail(ScenarioFailure failure) {
        runs++;
        failures.add(failure);
        out.println((isInteractive ? "\r" : "") + failure.getMessage());
    }

    synchronized int failures() {
        return failures.size();
    }

    private void show() {
        long now = System.nanoTime();
        if (isInteractive && now - shownNanos > INTERVAL_NANOS) {
            shownNanos = now;
            out.print("\r" + text(now));
            out.flush();
        }
    }

    /// Shows the line as it is in the end.
    synchronized Campaign.Report end() {
        long now = System.nanoTime();
        out.println((isInteractive ? "\r" : "") + text(now));
        failures.sort(Comparator.comparing(ScenarioFailure::seed));
        return new Campaign.Report(
                List.copyOf(failures),
                coverage,
                seeds,
                virtual,
                Duration.ofNanos(now - startedNanos),
                text(now));
    }

    private String text(long now) {
        double seconds = Math.max(1e-3, (now - startedNanos) / 1e9);
        var line =
                "%,d of %,d seeds, %,d runs, %s runs/s, %s seeds/s, "
                        + "%s of virtual time (%s ×), %,d steps, %d failed ";
        return line.formatted(
                seeds,
                seedsWanted,
                runs,
                rate(runs / seconds),
                rate(seeds / seconds),
                hours(virtual),
                rate(virtual.toMillis() / 1e3 / seconds),
                steps,
                failures.size());
    }

    /// A crowd's run takes long enough to be slower than time.
    private static String rate(double rate) {
        return (rate >= 100 ? "%,.0f" : rate >= 1 ? "%.1f" : "%.4f").formatted(rate);
    }

    private static String hours(Duration duration) {
        return "%,d:%02d:%02d h"
                .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
