package org.stratafed.it;

import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.it.Meeting.Software;

/// How a deed ended.
///
/// @param version of the rooms
/// @param home whose rooms they were
/// @param failure what went wrong, if something did
record Outcome(
        RoomVersion version,
        Software home,
        String deed,
        Duration took,
        Optional<Throwable> failure) {

    /// Does it, and sees how it ends.
    static Outcome of(RoomVersion version, Software home, String deed, Runnable doing) {
        return new Outcome(version, home, deed, Duration.ZERO, Optional.empty()).then(doing);
    }

    /// Goes on, unless something went wrong already.
    Outcome then(Runnable doing) {
        if (failure.isPresent()) {
            return this;
        }
        long start = System.nanoTime();
        Optional<Throwable> now = Optional.empty();
        try {
            doing.run();
        } catch (RuntimeException | AssertionError e) {
            now = Optional.of(e);
        }
        var more = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(version, home, deed, took.plus(more), now);
    }

    void report() {
        failure.ifPresent(
                cause -> {
                    throw new AssertionError(cause.getMessage(), cause);
                });
    }
}
