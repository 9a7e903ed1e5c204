package org.stratafed.server.engine.transport.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// The parameters of an `Authorization` header: `name=value`, separated by commas, in any order,
/// with white space around. A value is quoted, with backslash escapes, or goes as it is up to the
/// next comma or space: older servers don't quote theirs though they have colons in them.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.2">RFC 9110, authentication
///     parameters</a>
final class AuthParameters {

    private final String text;
    private int at;

    private AuthParameters(String text) {
        this.text = text;
    }

    /// The values by name in lower case; empty if the text is malformed or repeats a name.
    static Optional<SequencedMap<String, String>> parse(String text) {
        return new AuthParameters(text).parameters();
    }

    private Optional<SequencedMap<String, String>> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (skipSpaceAndCommas(); at < text.length(); skipSpaceAndCommas()) {
            var name = token().toLowerCase(Locale.ROOT);
            skipSpace();
            if (name.isEmpty() || !skip('=')) {
                return Optional.empty();
            }
            skipSpace();
            var value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
            if (value.isEmpty() || parameters.putIfAbsent(name, value.get()) != null) {
                return Optional.empty();
            }
            skipSpace();
            if (at < text.length() && text.charAt(at) != ',') {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private Optional<String> quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return Optional.of(value.toString());
            }
            if (c == '\\') {
                if (++at == text.length()) {
                    return Optional.empty();
                }
                c = text.charAt(at);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private Optional<String> unquoted() {
        int start = at;
        while (at < text.length()
                && !isSpace(text.charAt(at))
                && ",\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at == start ? Optional.empty() : Optional.of(text.substring(start, at));
    }

    private boolean skip(char c) {
        boolean isThere = at < text.length() && text.charAt(at) == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    /// A list may have elements with nothing in them.
    private void skipSpaceAndCommas() {
        while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
