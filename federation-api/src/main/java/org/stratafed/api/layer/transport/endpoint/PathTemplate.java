package org.stratafed.api.layer.transport.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path with parameters, e.g. `/_matrix/federation/v1/state/{roomId}`. A parameter is one whole
/// segment; it is percent-decoded exactly once, after the path was split, so that an encoded slash
/// stays inside its segment.
public record PathTemplate(String text, List<String> segments) {

    public PathTemplate(String text) {
        this(text, List.of(text.substring(1).split("/", -1)));
    }

    /// The parameters of a raw path (without query) if it matches, decoded, in order; empty if it
    /// doesn't match or isn't decodable.
    public Optional<List<String>> match(String rawPath) {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        var parts = rawPath.substring(1).split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        var parameters = new ArrayList<String>();
        for (int i = 0; i < parts.length; i++) {
            var decoded = PercentCoding.decode(parts[i]);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            if (isParameter(segments.get(i))) {
                parameters.add(decoded.get());
            } else if (!segments.get(i).equals(decoded.get())) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(parameters));
    }

    /// The raw path with these parameters, percent-encoded.
    public String expand(List<String> parameters) {
        var path = new StringBuilder();
        int next = 0;
        for (var segment : segments) {
            path.append('/');
            path.append(
                    isParameter(segment) ? PercentCoding.encode(parameters.get(next++)) : segment);
        }
        if (next != parameters.size()) {
            throw new IllegalArgumentException(parameters.size() + " parameters for " + text);
        }
        return path.toString();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    @Override
    public String toString() {
        return text;
    }
}
