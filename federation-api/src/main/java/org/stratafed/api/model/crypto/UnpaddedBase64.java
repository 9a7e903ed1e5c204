package org.stratafed.api.model.crypto;

import java.util.Base64;
import java.util.Optional;

/// Base64 as Matrix writes it, without padding, and as leniently read as servers have to.
///
/// Padding is accepted, as are bits beyond the last byte that aren't zero: they occur in keys and
/// in the specification's own examples.
///
/// @see <a href="https://spec.matrix.org/v1.19/appendices/#unpadded-base64">Unpadded base64</a>
public final class UnpaddedBase64 {

    private UnpaddedBase64() {}

    /// In the standard alphabet, with `+` and `/`.
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /// In the URL-safe alphabet, with `-` and `_`.
    public static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Reads the standard alphabet.
    public static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// Reads either alphabet, even mixed. For keys in events, which come in both.
    public static Optional<byte[]> decodeEither(String text) {
        return decode(text.replace('-', '+').replace('_', '/'));
    }
}
