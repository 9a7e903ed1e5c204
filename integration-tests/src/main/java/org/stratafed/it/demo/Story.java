package org.stratafed.it.demo;

import java.time.Duration;
import java.time.Instant;

/// Tells on the terminal what happens, each step with how long it took.
final class Story {

    private final Instant began = Instant.now();
    private Instant last = began;

    void title(String text) {
        System.out.println();
        System.out.println(text);
        System.out.println();
    }

    /// A step that has happened.
    void step(String text) {
        var now = Instant.now();
        System.out.printf("  %6.2f s  %s%n", seconds(Duration.between(last, now)), text);
        last = now;
    }

    /// Something to know, without a time.
    void aside(String text) {
        System.out.println("            " + text);
    }

    void end() {
        System.out.printf(
                "%n  All of it in %.1f s.%n", seconds(Duration.between(began, Instant.now())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
