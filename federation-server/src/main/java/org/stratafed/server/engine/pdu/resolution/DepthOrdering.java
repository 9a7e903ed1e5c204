package org.stratafed.server.engine.pdu.resolution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.stratafed.api.model.event.Pdu;

/// The order in which room version 1 tries events: the less deep first, and of those as deep as
/// each other the one whose ID has the higher SHA-1.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#state-resolution">State resolution</a>
final class DepthOrdering {

    private DepthOrdering() {}

    static List<Pdu> sorted(Collection<Pdu> events) {
        return events.stream()
                .map(event -> new Placed(event, sha1(event)))
                .sorted(
                        Comparator.comparingLong((Placed placed) -> placed.event().depth())
                                .thenComparing(
                                        (a, b) -> Arrays.compareUnsigned(b.sha1(), a.sha1())))
                .map(Placed::event)
                .toList();
    }

    private record Placed(Pdu event, byte[] sha1) {}

    private static byte[] sha1(Pdu event) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(event.id().value().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
