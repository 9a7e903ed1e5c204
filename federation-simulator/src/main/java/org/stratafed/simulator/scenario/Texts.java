package org.stratafed.simulator.scenario;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// The contents of events that scenarios speak of.
final class Texts {

    private Texts() {}

    static JsonObject message(String text) {
        return JsonObject.builder().put("msgtype", "m.text").put("body", text).build();
    }

    static JsonObject one(String key, String value) {
        return JsonObject.empty().with(key, new JsonString(value));
    }

    /// A server ACL that allows everybody but these.
    static JsonObject allBut(Collection<String> denied) {
        return JsonObject.builder()
                .put("allow", JsonArray.ofStrings(List.of("*")))
                .put("deny", JsonArray.ofStrings(denied))
                .build();
    }

    /// A join rule, by which members of the other rooms may join, where it has such conditions.
    static JsonObject joinRule(String rule, RoomId... others) {
        return one("join_rule", rule)
                .with("allow", JsonArray.of(Stream.of(others).map(Texts::membershipOf).toList()));
    }

    private static JsonObject membershipOf(RoomId room) {
        return JsonObject.builder()
                .put("type", "m.room_membership")
                .put("room_id", room.value())
                .build();
    }

    /// These power levels, with another one for these users, and 50 to change them again.
    static JsonObject levels(JsonObject levels, int level, String... users) {
        var ofUsers = levels.object("users").orElse(JsonObject.empty());
        for (var user : users) {
            ofUsers = ofUsers.with(user, JsonNumber.of(level));
        }
        var ofEvents = levels.object("events").orElse(JsonObject.empty());
        return levels.with("users", ofUsers)
                .with("events", ofEvents.with("m.room.power_levels", JsonNumber.of(50)));
    }
}
