package org.stratafed.api.model.id;

import java.nio.charset.StandardCharsets;
import org.stratafed.api.model.json.CodePoints;

/// What the grammars of identifiers share.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#common-identifier-format">Common
///     identifier format</a>
final class IdText {

    /// Of an identifier as a whole, sigil and domain included.
    static final int SIZE_BYTES_MAX = 255;

    private IdText() {}

    /// Whether the text starts with the sigil, is short enough, and can be sent: NUL is barred by
    /// the specification, a lone surrogate by UTF-8.
    static boolean isSigilled(String text, char sigil) {
        return !text.isEmpty()
                && text.charAt(0) == sigil
                && text.indexOf('\0') < 0
                && CodePoints.indexOfLoneSurrogate(text) < 0
                && isShort(text);
    }

    /// Whether the text is `sigil localpart ":" server`. The first colon ends the localpart, since
    /// the server name may have some of its own.
    static boolean isWithDomain(String text, char sigil) {
        if (!isSigilled(text, sigil)) {
            return false;
        }
        int colon = text.indexOf(':');
        return colon > 0 && ServerName.isWellFormed(text.substring(colon + 1));
    }

    static String localpart(String id) {
        return id.substring(1, id.indexOf(':'));
    }

    static ServerName server(String id) {
        return new ServerName(id.substring(id.indexOf(':') + 1));
    }

    private static boolean isShort(String text) {
        return text.length() <= SIZE_BYTES_MAX
                && text.getBytes(StandardCharsets.UTF_8).length <= SIZE_BYTES_MAX;
    }
}
