package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// How a room's summary is written, to servers and to clients alike, and read.
public final class RoomSummaryFormat {

    private RoomSummaryFormat() {}

    public static JsonObject write(RoomSummary summary) {
        var json =
                JsonObject.builder()
                        .put("room_id", summary.room().value())
                        .put("num_joined_members", summary.joinedMembers())
                        .put("world_readable", summary.door().worldReadable())
                        .put("guest_can_join", summary.door().guestCanJoin());
        text(json, "join_rule", summary.door().joinRule());
        text(json, "name", summary.look().name());
        text(json, "topic", summary.look().topic());
        text(json, "canonical_alias", summary.look().canonicalAlias());
        text(json, "avatar_url", summary.look().avatarUrl());
        text(json, "room_type", summary.kind().type());
        text(json, "encryption", summary.kind().encryption());
        text(json, "room_version", summary.kind().version().map(RoomVersion::id));
        var allowed = summary.door().allowedRooms();
        if (!allowed.isEmpty()) {
            json.put(
                    "allowed_room_ids",
                    JsonArray.ofStrings(allowed.stream().map(RoomId::value).toList()));
        }
        return json.build();
    }

    private static void text(JsonObject.Builder json, String key, Optional<String> text) {
        text.ifPresent(it -> json.put(key, it));
    }

    /// What a peer says of a room. Only which room it is has to be there; the rest of what is
    /// missing is taken for the least that it can be.
    static Optional<RoomSummary> read(JsonObject json) {
        return json.string("room_id").flatMap(RoomId::parse).map(room -> read(room, json));
    }

    private static RoomSummary read(RoomId room, JsonObject json) {
        return new RoomSummary(
                room,
                Math.max(0, json.integer("num_joined_members").orElse(0)),
                new RoomSummary.Door(
                        json.string("join_rule"),
                        json.bool("world_readable").orElse(false),
                        json.bool("guest_can_join").orElse(false),
                        allowed(json)),
                new RoomSummary.Look(
                        json.string("name"),
                        json.string("topic"),
                        json.string("canonical_alias"),
                        json.string("avatar_url")),
                new RoomSummary.Kind(
                        json.string("room_type"),
                        json.string("encryption"),
                        json.string("room_version").flatMap(RoomVersion::parse)));
    }

    private static List<RoomId> allowed(JsonObject json) {
        return json.array("allowed_room_ids").orElse(JsonArray.empty()).items().stream()
                .flatMap(
                        item ->
                                item instanceof JsonString(var id)
                                        ? RoomId.parse(id).stream()
                                        : Stream.empty())
                .toList();
    }
}
