package org.stratafed.simulator;

import java.io.PrintStream;
import java.time.Duration;
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
    private long failures;
    private Duration virtual = Duration.ZERO;

    ProgressLine(PrintStream out, Seeds wanted) {
        this.out = out;
        this.seedsWanted = wanted.to() - wanted.from() + 1;
    }

    synchronized void add(Duration virtualTime) {
        runs++;
        virtual = virtual.plus(virtualTime);
        show();
    }

    synchronized void seedDone() {
        seeds++;
    }

    synchronized void fail(ScenarioFailure failure) {
        runs++;
        failures++;
        out.println((isInteractive ? "\r" : "") + failure.getMessage());
    }

    synchronized long failures() {
        return failures;
    }

    private void show() {
        long now = System.nanoTime();
        if (isInteractive && now - shownNanos > INTERVAL_NANOS) {
            shownNanos = now;
            out.print("\r" + text(now));
            out.flush();
        }
    }

    /// The line as it is in the end. Answers how many runs failed.
    synchronized long end() {
        out.println((isInteractive ? "\r" : "") + text(System.nanoTime()));
        return failures;
    }

    private String text(long now) {
        double seconds = Math.max(1e-3, (now - startedNanos) / 1e9);
        var line =
                "%,d of %,d seeds, %,d runs, %.1f runs/s, %.1f seeds/s, "
                        + "%s of virtual time (%,.0f ×), %d failed ";
        return line.formatted(
                seeds,
                seedsWanted,
                runs,
                runs / seconds,
                seeds / seconds,
                hours(virtual),
                virtual.toMillis() / 1e3 / seconds,
                failures);
    }

    private static String hours(Duration duration) {
        return "%,d:%02d:%02d h"
                .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
