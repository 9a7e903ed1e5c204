package org.stratafed.simulator.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.simulator.check.Denial;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.store.RoomTable;

/// What can be seen on servers' disks, and how it has to look.
final class Sights {

    private Sights() {}

    /// The messages with this text at a server, whatever became of them.
    static List<StoredEvent> find(SimServer server, String text) {
        return server.disk().rooms().stream()
                .flatMap(room -> room.events().stream())
                .filter(event -> event.pdu().content().string("body").equals(Optional.of(text)))
                .toList();
    }

    static void checkStatus(SimServer server, String text, EventStatus status) {
        var found = find(server, text);
        require(found.size() == 1, server + " has \"" + text + "\" " + found.size() + " times");
        var event = found.getFirst();
        require(
                event.status() == status && event.kind() != EventKind.OUTLIER,
                "at %s, \"%s\" is %s %s %s"
                        .formatted(server, text, event.kind(), event.status(), event.refusal()));
    }

    static void checkAbsent(SimServer server, String text) {
        require(find(server, text).isEmpty(), server + " has \"" + text + "\"");
    }

    static void checkShownOnce(Stage stage, SimServer server, String text) {
        int times = stage.shown().times(server, text);
        require(times == 1, "at " + server + ", \"" + text + "\" was shown " + times + " times");
    }

    static void checkEquals(Object seen, Object expected) {
        require(Objects.equals(seen, expected), "it is " + seen);
    }

    static Optional<String> topic(Stage stage, String server) {
        return stateContent(stage, server, "m.room.topic").string("topic");
    }

    /// The content of the room's state event of this type, with the empty state key.
    static JsonObject stateContent(Stage stage, String server, String type) {
        return stateContent(stage, stage.server(server), type);
    }

    static JsonObject stateContent(Stage stage, SimServer server, String type) {
        return stateContent(stage, server, new StateKeyTuple(type, ""));
    }

    private static JsonObject stateContent(Stage stage, SimServer server, StateKeyTuple key) {
        return server.disk()
                .room(stage.room(""))
                .filter(RoomTable::isHeld)
                .flatMap(room -> room.currentState().get(key).flatMap(room::event))
                .map(event -> event.pdu().content())
                .orElse(JsonObject.empty());
    }

    /// What a user is to the room in the room's state.
    static Optional<String> seenMembership(Stage stage, SimServer server, String user) {
        return stateContent(stage, server, new StateKeyTuple("m.room.member", user))
                .string("membership");
    }

    /// What a user of the server is to the room, whether that is in it or not.
    static Optional<String> membership(Stage stage, SimServer server, UserId user) {
        return server.disk().membership(user, stage.room(""));
    }

    private static RoomTable table(SimServer server, Stage stage, String alias) {
        return server.disk()
                .room(stage.room(alias))
                .orElseThrow(() -> new AssertionError(server + " doesn't know " + alias));
    }

    /// The servers that have joined users in the room, as they see it themselves.
    static List<SimServer> inRoom(Stage stage, String alias) {
        return stage.simulation().servers().stream()
                .filter(it -> isInRoom(it, stage, alias))
                .toList();
    }

    private static boolean isInRoom(SimServer server, Stage stage, String alias) {
        return server.disk()
                .room(stage.room(alias))
                .filter(room -> !room.members(server.name()).isEmpty())
                .isPresent();
    }

    /// The first one's word counts for who is in the room. Somebody who thinks that he is, and
    /// isn't for the others, may go on thinking so: they don't hear him, which is what soft failure
    /// means. Nor is a server heard that the first one denies.
    static void checkAgreement(Stage stage, String alias) {
        var servers = inRoom(stage, alias);
        require(!servers.isEmpty(), "nobody is in " + alias);
        var first = table(servers.getFirst(), stage, alias);
        for (var server : servers) {
            if (!isIn(first, server) || Denial.isBetween(servers.getFirst(), server, first.id())) {
                continue;
            }
            var changes =
                    first.currentState().changesTo(table(server, stage, alias).currentState());
            require(
                    changes.isEmpty(),
                    server + " differs from " + servers.getFirst() + " in " + changes);
        }
    }

    private static boolean isIn(RoomTable room, SimServer server) {
        return !room.members(server.name()).isEmpty();
    }

    static void checkSeenEverywhere(Stage stage, String text) {
        for (var server : inRoom(stage, "")) {
            checkStatus(server, text, EventStatus.ACCEPTED);
        }
    }

    /// The user has read each event once, and all that the other server has of the room.
    static void checkReadAll(Stage stage, UserId user, SimServer other) {
        var read = stage.read(user).stream().map(Pdu::id).toList();
        var distinct = new LinkedHashSet<>(read);
        require(distinct.size() == read.size(), user + " has read something twice: " + read);
        var missing = new ArrayList<EventId>();
        for (var event : table(other, stage, "").events()) {
            if (isPartOfHistory(event) && !distinct.contains(event.pdu().id())) {
                missing.add(event.pdu().id());
            }
        }
        require(missing.isEmpty(), user + " hasn't read " + missing);
    }

    private static boolean isPartOfHistory(StoredEvent event) {
        return event.status() == EventStatus.ACCEPTED && event.kind() != EventKind.OUTLIER;
    }

    static boolean isOf(ServerName server, Pdu event) {
        return event.sender().server().equals(server);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
