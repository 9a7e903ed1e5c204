package org.stratafed.server.engine.pdu.acl;

/// A pattern for whole server names: `*` stands for any characters, `?` for exactly one, all others
/// for themselves, whatever their case.
///
/// Matching goes back to the last `*` only, so it takes no longer than the product of both lengths,
/// whatever somebody writes into a pattern.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#glob-style-matching">Glob-style
///     matching</a>
record Glob(String pattern) {

    private static final int NOWHERE = -1;

    boolean matches(String text) {
        int at = 0;
        int star = NOWHERE;
        int afterStar = 0;
        int next = 0;
        while (next < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                afterStar = next;
            } else if (at < pattern.length() && isOne(pattern.charAt(at), text.charAt(next))) {
                at++;
                next++;
            } else if (star != NOWHERE) {
                // The last star takes one character more.
                at = star + 1;
                next = ++afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static boolean isOne(char wanted, char found) {
        return wanted == '?' || lower(wanted) == lower(found);
    }

    /// Of ASCII letters only, which is all that names have.
    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
