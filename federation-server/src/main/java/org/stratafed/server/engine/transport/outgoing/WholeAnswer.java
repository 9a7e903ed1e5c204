package org.stratafed.server.engine.transport.outgoing;

import java.util.List;
import org.stratafed.api.spi.WireHeader;

/// An HTTP response that has arrived whole.
public record WholeAnswer(int status, List<WireHeader> headers, byte[] body) {

    public boolean isSuccess() {
        return isSuccess(status);
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /// The values of all headers of this name, in order.
    public List<String> headerValues(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(WireHeader::value)
                .toList();
    }

    WholeAnswer withBody(byte[] read) {
        return new WholeAnswer(status, headers, read);
    }
}
