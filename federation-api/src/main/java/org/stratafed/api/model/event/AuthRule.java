package org.stratafed.api.model.event;

/// One of the numbered authorization rules of a room version.
///
/// @param number as in the text of that version, such as `5.3.2`
public record AuthRule(String number) {

    public AuthRule {
        if (number.isBlank()) {
            throw new IllegalArgumentException("a rule without a number");
        }
    }

    @Override
    public String toString() {
        return "rule " + number;
    }
}
