package org.stratafed.simulator.check;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.store.RoomTable;

/// Whether a room's server ACL denies a server: the specification's four steps once more.
public final class Denial {

    static final StateKeyTuple LIST = new StateKeyTuple("m.room.server_acl", "");

    private Denial() {}

    /// Whether one of the two denies the other, in the room as each of them has it.
    public static boolean isBetween(SimServer one, SimServer other, RoomId room) {
        return isBy(one, room, other.name()) || isBy(other, room, one.name());
    }

    /// Whether any of these denies the server, in the room as each of them has it.
    public static boolean isByAny(Collection<SimServer> servers, RoomId room, ServerName server) {
        return servers.stream().anyMatch(it -> isBy(it, room, server));
    }

    static boolean isBy(SimServer by, RoomId room, ServerName server) {
        return by.disk().room(room).flatMap(Denial::list).filter(it -> is(it, server)).isPresent();
    }

    /// What the list says, in a room that has one.
    static Optional<JsonObject> list(RoomTable room) {
        return room.isHeld()
                ? room.currentState()
                        .get(LIST)
                        .flatMap(room::event)
                        .map(event -> event.pdu().content())
                : Optional.empty();
    }

    static boolean is(JsonObject list, ServerName server) {
        if (list.get("allow_ip_literals").equals(Optional.of(JsonBoolean.FALSE))
                && server.isIpLiteral()) {
            return true;
        }
        return patterns(list, "deny").anyMatch(it -> it.matcher(server.host()).matches())
                || patterns(list, "allow").noneMatch(it -> it.matcher(server.host()).matches());
    }

    private static Stream<Pattern> patterns(JsonObject list, String key) {
        return list.array(key).map(JsonArray::items).orElse(List.of()).stream()
                .filter(JsonString.class::isInstance)
                .map(item -> pattern(((JsonString) item).value().toLowerCase(Locale.ROOT)));
    }

    private static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
