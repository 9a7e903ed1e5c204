package org.stratafed.server.engine.messaging.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.CodePoints;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// The rooms that a space says are in it, by its `m.space.child` events.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mspacechild">`m.space.child`</a>
final class SpaceChildren {

    static final String TYPE = "m.space.child";

    static final int ORDER_CHARS_MAX = 50;

    /// Those that have a valid `order` come first, by that; then by time; then by room.
    private static final Comparator<Pdu> IN_ORDER =
            Comparator.comparing((Pdu child) -> order(child).isEmpty())
                    .thenComparing(child -> order(child).orElse(""), CodePoints::compare)
                    .thenComparing(Pdu::originServerTs)
                    .thenComparing(child -> child.stateKey().orElse(""), CodePoints::compare);

    private SpaceChildren() {}

    /// The children, in order. One without servers to enter it through has been taken out of the
    /// space.
    static List<Pdu> of(List<Pdu> events, boolean suggestedOnly) {
        return events.stream()
                .filter(child -> room(child).isPresent() && hasVia(child))
                .filter(child -> !suggestedOnly || isSuggested(child))
                .sorted(IN_ORDER)
                .toList();
    }

    static Optional<RoomId> room(Pdu child) {
        return child.stateKey().flatMap(RoomId::parse);
    }

    /// As it is told to others: stripped, with its time, which says where it belongs.
    static JsonObject stripped(Pdu child) {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("state_key", child.stateKey().orElse(""))
                .put("sender", child.sender().value())
                .put("content", child.content())
                .put("origin_server_ts", child.originServerTs())
                .build();
    }

    private static boolean hasVia(Pdu child) {
        return child.content()
                .array("via")
                .flatMap(JsonArray::strings)
                .filter(servers -> !servers.isEmpty())
                .isPresent();
    }

    private static boolean isSuggested(Pdu child) {
        return child.content().bool("suggested").orElse(false);
    }

    private static Optional<String> order(Pdu child) {
        return child.content().string("order").filter(SpaceChildren::isOrder);
    }

    private static boolean isOrder(String order) {
        return order.length() <= ORDER_CHARS_MAX
                && order.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
