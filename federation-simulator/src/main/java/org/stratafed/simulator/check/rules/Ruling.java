package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// What a rule says about an event, and by which number of the text.
public record Ruling(boolean isAllowed, String rule) {

    /// Stands in for the number of what isn't among the numbered rules.
    static final String UNNUMBERED = "0";

    private static final String UNNUMBERED_PART = "." + UNNUMBERED;

    static Optional<Ruling> allow(String rule) {
        return Optional.of(new Ruling(true, rule));
    }

    static Optional<Ruling> reject(String rule) {
        return Optional.of(new Ruling(false, rule));
    }

    static Optional<Ruling> allowIf(boolean isSo, String rule) {
        return Optional.of(new Ruling(isSo, rule));
    }

    /// Whether this is the number of its rule. What isn't among the numbered rules has none that
    /// could be wrong.
    public boolean isNumbered(String number) {
        return rule.endsWith(UNNUMBERED_PART) || rule.equals(number);
    }

    Ruling under(int number) {
        return new Ruling(isAllowed, rule.isEmpty() ? "" + number : number + "." + rule);
    }

    @Override
    public String toString() {
        return (isAllowed ? "allowed by " : "rejected by ") + rule;
    }
}
