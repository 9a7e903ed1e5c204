package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// What a rule says about an event, and by which number of the text.
public record Ruling(boolean isAllowed, String rule) {

    /// Stands in for the number of what isn't among the numbered rules.
    static final String UNNUMBERED = "0";

    static Optional<Ruling> allow(String rule) {
        return Optional.of(new Ruling(true, rule));
    }

    static Optional<Ruling> reject(String rule) {
        return Optional.of(new Ruling(false, rule));
    }

    static Optional<Ruling> allowIf(boolean isSo, String rule) {
        return Optional.of(new Ruling(isSo, rule));
    }

    Ruling under(int number) {
        return new Ruling(isAllowed, rule.isEmpty() ? "" + number : number + "." + rule);
    }

    @Override
    public String toString() {
        return (isAllowed ? "allowed by " : "rejected by ") + rule;
    }
}
