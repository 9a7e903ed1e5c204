package org.stratafed.server.engine.messaging.discovery;

import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;

/// A place in the directory, and in which direction to go on from it: the numbers of rooms on the
/// page that it leads to are all greater, or all smaller.
record PublishedToken(long number, boolean backwards) {

    static final PublishedToken START = new PublishedToken(0, false);

    private static final char FORWARDS = 'n';
    private static final char BACKWARDS = 'p';

    static PublishedToken parse(String token) {
        return number(token)
                .map(number -> new PublishedToken(number, token.charAt(0) == BACKWARDS))
                .orElseThrow(() -> MatrixException.invalidParam("since is no token of ours"));
    }

    private static Optional<Long> number(String token) {
        boolean isToken =
                token.length() > 1
                        && (token.charAt(0) == FORWARDS || token.charAt(0) == BACKWARDS)
                        && token.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        try {
            return isToken ? Optional.of(Long.parseLong(token.substring(1))) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /// To what lies in the other direction.
    PublishedToken turned() {
        return backwards
                ? new PublishedToken(Math.max(0, number - 1), false)
                : new PublishedToken(number == Long.MAX_VALUE ? number : number + 1, true);
    }

    @Override
    public String toString() {
        return (backwards ? BACKWARDS : FORWARDS) + Long.toString(number);
    }
}
