package org.stratafed.api.spi;

import java.util.List;

/// An HTTP request as it is on the wire.
///
/// @param method upper case
/// @param target the raw request target, path and query, byte for byte as it was or will be sent:
///     the X-Matrix signature covers it
/// @param headers in order; names in any case
/// @param body the whole body, capped by the host; empty when there is none
public record WireRequest(String method, String target, List<WireHeader> headers, byte[] body) {

    public static final byte[] NO_BODY = new byte[0];

    /// The values of all headers of this name, in order.
    public List<String> headerValues(String name) {
        return WireHeader.values(headers, name);
    }
}
