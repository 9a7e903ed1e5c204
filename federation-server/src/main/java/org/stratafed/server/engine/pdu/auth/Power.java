package org.stratafed.server.engine.pdu.auth;

/// How much a user may do, or how much it takes to do something.
///
/// Above all levels there is a top, which is no number: room creators have it where the room
/// version privileges them, so that no power-levels event can be written that outranks them.
///
/// @param level 0 for the top
public record Power(boolean isInfinite, long level) implements Comparable<Power> {

    public static final Power ZERO = of(0);
    public static final Power INFINITE = new Power(true, 0);

    public Power {
        if (isInfinite && level != 0) {
            throw new IllegalArgumentException("the top has no level: " + level);
        }
    }

    public static Power of(long level) {
        return new Power(false, level);
    }

    /// Whether this is enough where that much is required.
    public boolean isAtLeast(Power required) {
        return compareTo(required) >= 0;
    }

    /// Whether this is more. The top is not above itself.
    public boolean isAbove(Power other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Power other) {
        int byTop = Boolean.compare(isInfinite, other.isInfinite);
        return byTop != 0 ? byTop : Long.compare(level, other.level);
    }

    @Override
    public String toString() {
        return isInfinite ? "infinite" : Long.toString(level);
    }
}
