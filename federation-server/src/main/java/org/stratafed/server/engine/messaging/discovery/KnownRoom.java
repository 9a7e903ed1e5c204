package org.stratafed.server.engine.messaging.discovery;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StatePoint;

/// A room that is held here, as those see it who aren't in it: what of its current state makes up
/// its summary, as far as that isn't redacted.
///
/// @param events by what they set; what isn't set is left out
record KnownRoom(
        RoomId room,
        RoomVersionRules rules,
        StatePoint current,
        long joinedMembers,
        SequencedMap<StateKeyTuple, Pdu> events) {

    /// The types that this takes, each with an empty state key.
    static final List<String> TYPES =
            List.of(
                    "m.room.create",
                    "m.room.join_rules",
                    "m.room.history_visibility",
                    "m.room.guest_access",
                    "m.room.name",
                    "m.room.topic",
                    "m.room.canonical_alias",
                    "m.room.avatar",
                    "m.room.encryption");

    RoomSummary summary() {
        return new RoomSummary(
                room,
                joinedMembers,
                new RoomSummary.Door(
                        text("m.room.join_rules", "join_rule"),
                        isWorldReadable(),
                        text("m.room.guest_access", "guest_access")
                                .filter("can_join"::equals)
                                .isPresent(),
                        allowedRooms()),
                new RoomSummary.Look(
                        text("m.room.name", "name"),
                        text("m.room.topic", "topic"),
                        text("m.room.canonical_alias", "alias"),
                        text("m.room.avatar", "url")),
                new RoomSummary.Kind(
                        text("m.room.create", "type"),
                        text("m.room.encryption", "algorithm"),
                        Optional.of(rules.version())));
    }

    boolean isWorldReadable() {
        return text("m.room.history_visibility", "history_visibility")
                .filter("world_readable"::equals)
                .isPresent();
    }

    boolean isSpace() {
        return text("m.room.create", "type").filter(RoomSummary.Kind.SPACE::equals).isPresent();
    }

    /// Whether users of other servers may ever be in it.
    boolean isFederated() {
        return content("m.room.create").bool("m.federate").orElse(true);
    }

    /// Whether anybody may come in, or ask to be let in.
    boolean isOpen() {
        return switch (joinRule()) {
            case "public" -> true;
            case "knock" -> rules.knocking();
            case "knock_restricted" -> rules.knockRestricted();
            default -> false;
        };
    }

    /// The rooms whose members may join this one.
    List<RoomId> allowedRooms() {
        boolean isRestricted =
                switch (joinRule()) {
                    case "restricted" -> rules.restrictedJoins();
                    case "knock_restricted" -> rules.knockRestricted();
                    default -> false;
                };
        return isRestricted
                ? content("m.room.join_rules")
                        .array("allow")
                        .orElse(JsonArray.empty())
                        .objects()
                        .stream()
                        .filter(
                                it ->
                                        it.string("type")
                                                .filter("m.room_membership"::equals)
                                                .isPresent())
                        .flatMap(it -> it.string("room_id").flatMap(RoomId::parse).stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    private String joinRule() {
        return text("m.room.join_rules", "join_rule").orElse("invite");
    }

    private Optional<String> text(String type, String key) {
        return content(type).string(key).filter(text -> !text.isEmpty());
    }

    private JsonObject content(String type) {
        return Optional.ofNullable(events.get(new StateKeyTuple(type, "")))
                .map(Pdu::content)
                .orElse(JsonObject.empty());
    }
}
