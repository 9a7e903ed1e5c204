package org.stratafed.server.engine.transport.discovery;

import java.util.Optional;
import org.stratafed.api.model.id.ServerName;

/// An `https` URL, as far as redirects need it. A fragment is dropped; user names aren't accepted.
///
/// @param authority the host, and the port if one is given
/// @param target path and query
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-5">RFC 3986, reference
///     resolution</a>
public record HttpsUrl(ServerName authority, String target) {

    private static final String SCHEME = "https://";

    public static Optional<HttpsUrl> parse(String text) {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || !isVisibleAscii(text)) {
            return Optional.empty();
        }
        var rest = withoutFragment(text.substring(SCHEME.length()));
        int end = indexOfAny(rest, "/?");
        var target = rest.substring(end);
        return ServerName.parse(rest.substring(0, end))
                .map(name -> new HttpsUrl(name, target.startsWith("/") ? target : "/" + target));
    }

    /// Where a `Location` leads from here. Empty if it isn't a URL, or one without TLS.
    Optional<HttpsUrl> resolve(String location) {
        if (!isVisibleAscii(location)) {
            return Optional.empty();
        }
        if (hasScheme(location)) {
            return parse(location);
        }
        if (location.startsWith("//")) {
            return parse("https:" + location);
        }
        var relative = withoutFragment(location);
        var path = target.substring(0, indexOfAny(target, "?"));
        var resolved =
                switch (relative.isEmpty() ? '\0' : relative.charAt(0)) {
                    case '\0' -> target;
                    case '/' -> relative;
                    case '?' -> path + relative;
                    default -> path.substring(0, path.lastIndexOf('/') + 1) + relative;
                };
        return Optional.of(new HttpsUrl(authority, resolved));
    }

    private static boolean hasScheme(String location) {
        int colon = location.indexOf(':');
        return colon >= 0 && colon < indexOfAny(location, "/?#");
    }

    private static String withoutFragment(String text) {
        return text.substring(0, indexOfAny(text, "#"));
    }

    /// Where the first of these characters is, or the end.
    private static int indexOfAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
