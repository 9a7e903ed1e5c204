package org.stratafed.api.spi;

import java.util.List;

/// One HTTP header line.
public record WireHeader(String name, String value) {

    static List<String> values(List<WireHeader> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(WireHeader::value)
                .toList();
    }
}
