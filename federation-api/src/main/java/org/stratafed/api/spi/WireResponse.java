package org.stratafed.api.spi;

import java.util.List;

/// An HTTP response: its head, and a body still to be pulled.
public record WireResponse(int status, List<WireHeader> headers, WireBody body) {

    /// The values of all headers of this name, in order.
    public List<String> headerValues(String name) {
        return WireHeader.values(headers, name);
    }
}
