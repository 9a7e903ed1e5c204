package org.stratafed.simulator.loop;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/// Everything that happened in a run, as one number: two runs with the same trace did the same.
///
/// Lines are numbered from 1. They are printed from a given one on, so that a run that failed is
/// run again to read what led there.
public final class Trace {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    /// Of more lines than these, only the hash over all of them is kept.
    private static final int HASHES_MAX = 2_000_000;

    private final long printFrom;
    private final Consumer<String> printer;
    private long[] hashes = new long[1_024];
    private long lines;
    private long hash;

    private Trace(long printFrom, Consumer<String> printer) {
        this.printFrom = printFrom;
        this.printer = printer;
    }

    public static Trace silent() {
        return new Trace(Long.MAX_VALUE, _ -> {});
    }

    public static Trace printingFrom(long line, Consumer<String> printer) {
        return new Trace(line, printer);
    }

    /// A step of the loop, which has no line of its own.
    void tick(long nanos, long number) {
        mix(nanos);
        mix(number);
    }

    /// Something that happened.
    ///
    /// @param content of what exactly, as a hash
    public void record(long nanos, String kind, String parties, long content) {
        mix(nanos);
        mix(hashOf(kind));
        mix(hashOf(parties));
        mix(content);
        if (lines < HASHES_MAX) {
            hashes = lines == hashes.length ? Arrays.copyOf(hashes, hashes.length * 2) : hashes;
            hashes[(int) lines] = hash;
        }
        lines++;
        if (lines >= printFrom) {
            printer.accept(
                    "%8d %14s %-9s %s %016x"
                            .formatted(lines, clock(nanos), kind, parties, content));
        }
    }

    private static String clock(long nanos) {
        var time = Duration.ofNanos(nanos);
        return "%d:%02d:%02d.%06d"
                .formatted(
                        time.toHours(),
                        time.toMinutesPart(),
                        time.toSecondsPart(),
                        time.toNanosPart() / 1_000);
    }

    /// The hash over all of it so far.
    public long hash() {
        return hash;
    }

    public long lines() {
        return lines;
    }

    /// The number of the first line in which two traces differ, as far as that is known; one that
    /// the shorter doesn't have if there is none.
    public long firstDifference(Trace other) {
        long common = Math.min(Math.min(lines, other.lines), HASHES_MAX);
        for (int line = 0; line < common; line++) {
            if (hashes[line] != other.hashes[line]) {
                return line + 1;
            }
        }
        return common + 1;
    }

    private void mix(long value) {
        hash = Long.rotateLeft(hash ^ value * PRIME, 29) * PRIME + 1;
    }

    public static long hashOf(String text) {
        long result = text.length();
        for (int i = 0; i < text.length(); i++) {
            result = (result ^ text.charAt(i)) * PRIME;
            result ^= result >>> 32;
        }
        return result;
    }

    public static long hashOf(byte[] bytes) {
        long result = bytes.length;
        for (byte b : bytes) {
            result = (result ^ b) * PRIME;
            result ^= result >>> 32;
        }
        return result;
    }
}
