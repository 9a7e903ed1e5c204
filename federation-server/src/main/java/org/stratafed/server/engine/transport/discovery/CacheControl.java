package org.stratafed.server.engine.transport.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// For how long an answer may be kept.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2">RFC 9111, Cache-Control</a>
final class CacheControl {

    private static final String MAX_AGE = "max-age=";
    private static final int DIGITS_MAX = 9;

    private CacheControl() {}

    /// What these `Cache-Control` headers say, between the two bounds; `unsaid` if they don't.
    static Duration lifetime(List<String> headers, Duration unsaid, Duration min, Duration max) {
        var lifetime = unsaid;
        for (String header : headers) {
            for (String directive : header.toLowerCase(Locale.ROOT).split(",")) {
                var name = directive.strip();
                if (name.equals("no-store") || name.equals("no-cache")) {
                    return min;
                }
                if (name.startsWith(MAX_AGE)) {
                    lifetime = seconds(name.substring(MAX_AGE.length()), lifetime);
                }
            }
        }
        return lifetime.compareTo(min) < 0 ? min : lifetime.compareTo(max) > 0 ? max : lifetime;
    }

    private static Duration seconds(String value, Duration malformed) {
        var digits = value.replace("\"", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return malformed;
        }
        return digits.length() > DIGITS_MAX
                ? Duration.ofSeconds(Integer.MAX_VALUE)
                : Duration.ofSeconds(Long.parseLong(digits));
    }
}
