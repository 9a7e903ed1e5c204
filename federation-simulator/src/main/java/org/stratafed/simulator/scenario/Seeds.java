package org.stratafed.simulator.scenario;

/// A range of seeds, both ends included.
public record Seeds(long from, long to) {

    public Seeds {
        if (from > to) {
            throw new IllegalArgumentException("no seeds: " + from + ".." + to);
        }
    }

    /// Reads `17` or `17..20`.
    public static Seeds parse(String text) {
        var ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("not a range of seeds: " + text);
        }
        return new Seeds(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
