package org.stratafed.simulator.check.rules;

import java.math.BigInteger;

/// A power level: an integer, or the infinitely high one.
public record Level(BigInteger value, boolean isInfinite) implements Comparable<Level> {

    static final Level INFINITE = new Level(BigInteger.ZERO, true);

    static Level of(long value) {
        return new Level(BigInteger.valueOf(value), false);
    }

    static Level of(BigInteger value) {
        return new Level(value, false);
    }

    boolean isAtLeast(Level other) {
        return compareTo(other) >= 0;
    }

    boolean isLessThan(Level other) {
        return compareTo(other) < 0;
    }

    boolean isGreaterThan(Level other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Level other) {
        if (isInfinite || other.isInfinite) {
            return Boolean.compare(isInfinite, other.isInfinite);
        }
        return value.compareTo(other.value);
    }
}
