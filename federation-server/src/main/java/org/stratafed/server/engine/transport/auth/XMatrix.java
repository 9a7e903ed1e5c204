package org.stratafed.server.engine.transport.auth;

import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;

/// The credentials of one request: who says it is asking, whom, and the signature that proves it.
///
/// The text of the specification calls the signature's parameter `signature`, its examples and
/// all servers call it `sig`.
///
/// @param destination who was meant to be asked; old servers don't say
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#request-authentication">Request
///     authentication</a>
record XMatrix(ServerName origin, Optional<ServerName> destination, KeyId key, byte[] signature) {

    private static final String SCHEME = "X-Matrix";

    /// Longer than two server names, a key id and a signature can be, each character escaped.
    private static final int HEADER_CHARS_MAX = 4096;

    /// Whether an `Authorization` header is of this scheme at all.
    static boolean isScheme(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && header.length() > SCHEME.length()
                && header.charAt(SCHEME.length()) == ' ';
    }

    /// Reads an `Authorization` header of this scheme; empty if anything in it isn't what it should
    /// be.
    static Optional<XMatrix> parse(String header) {
        return isScheme(header) && header.length() <= HEADER_CHARS_MAX
                ? AuthParameters.parse(header.substring(SCHEME.length())).flatMap(XMatrix::of)
                : Optional.empty();
    }

    private static Optional<XMatrix> of(SequencedMap<String, String> parameters) {
        var origin = Optional.ofNullable(parameters.get("origin")).flatMap(ServerName::parse);
        var destination = Optional.ofNullable(parameters.get("destination"));
        var key = Optional.ofNullable(parameters.get("key")).flatMap(KeyId::parse);
        var signature = Optional.ofNullable(parameters.get("sig")).flatMap(UnpaddedBase64::decode);
        if (origin.isEmpty() || key.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        var named = destination.flatMap(ServerName::parse);
        return named.isPresent() == destination.isPresent()
                ? Optional.of(new XMatrix(origin.get(), named, key.get(), signature.get()))
                : Optional.empty();
    }

    /// The header's value, in the one form that old servers can read as well.
    String format() {
        return SCHEME
                + " origin=\""
                + origin
                + '"'
                + destination.map(name -> ",destination=\"" + name + '"').orElse("")
                + ",key=\""
                + key
                + "\",sig=\""
                + UnpaddedBase64.encode(signature)
                + '"';
    }
}
