package org.stratafed.server.client.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.model.error.MatrixException;

/// The query of a request, decoded as forms are: a plus sign is a space.
public record Query(Map<String, List<String>> parameters) {

    public static final Query EMPTY = new Query(Map.of());

    /// @param raw what stands after the question mark
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
        }
        return new Query(parameters);
    }

    private static String decode(String text) {
        return PercentCoding.decode(text.replace('+', ' '))
                .orElseThrow(() -> MatrixException.invalidParam("The query isn't percent-encoded"));
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /// A number that isn't negative.
    public OptionalLong number(String name) {
        Optional<String> text = first(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= 0) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException _) {
            // Said below, as for negative ones.
        }
        throw MatrixException.invalidParam(name + " isn't a number of zero or more");
    }

    public boolean isTrue(String name) {
        return first(name).filter("true"::equals).isPresent();
    }
}
