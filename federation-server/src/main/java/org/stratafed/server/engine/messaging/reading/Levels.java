package org.stratafed.server.engine.messaging.reading;

import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.CreatorSource;
import org.stratafed.api.model.room.PowerLevelValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// A room's power levels, as far as readers need them. It authorises nothing: that is the PDU
/// layer's, before an event is part of the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels">
///     `m.room.power_levels`</a>
record Levels(RoomVersionRules rules, Optional<Pdu> create, Optional<JsonObject> content) {

    private static final long MODERATOR = 50;
    private static final long CREATOR = 100;

    static Levels of(RoomVersionRules rules, Optional<Pdu> create, Optional<Pdu> powerLevels) {
        return new Levels(rules, create, powerLevels.map(Pdu::content));
    }

    /// Whether a redaction takes effect: by one's own server's right, or by power.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#handling-redactions">Handling
    ///     redactions</a>
    boolean mayRedact(Pdu redaction, Pdu target) {
        if (target.isState("m.room.create", "")) {
            return false;
        }
        // Where it takes a right to make a redaction, whoever made it had it.
        return rules.redactionAuthorised()
                || redaction.sender().server().equals(target.sender().server())
                || has(redaction.sender(), level("redact", MODERATOR));
    }

    boolean maySetState(UserId user, String type) {
        var needed =
                content.flatMap(it -> it.object("events"))
                        .map(it -> read(it, type))
                        .filter(it -> it.isPresent())
                        .map(it -> it.getAsLong())
                        .orElseGet(() -> level("state_default", MODERATOR));
        return has(user, needed);
    }

    private boolean has(UserId user, long level) {
        return isCreator(user) && rules.creatorsHaveInfinitePower() || of(user) >= level;
    }

    private long of(UserId user) {
        if (content.isEmpty()) {
            return isCreator(user) ? CREATOR : 0;
        }
        return content.flatMap(it -> it.object("users"))
                .map(it -> read(it, user.value()))
                .filter(it -> it.isPresent())
                .map(it -> it.getAsLong())
                .orElseGet(() -> level("users_default", 0));
    }

    private long level(String key, long otherwise) {
        return content.map(it -> read(it, key).orElse(otherwise)).orElse(otherwise);
    }

    private OptionalLong read(JsonObject levels, String key) {
        return levels.get(key)
                .map(value -> PowerLevelValue.read(rules, value))
                .orElse(OptionalLong.empty());
    }

    private boolean isCreator(UserId user) {
        return create.filter(it -> isCreator(it, user)).isPresent();
    }

    private boolean isCreator(Pdu create, UserId user) {
        if (rules.creatorsHaveInfinitePower()
                && create.content()
                        .array("additional_creators")
                        .flatMap(JsonArray::strings)
                        .filter(it -> it.contains(user.value()))
                        .isPresent()) {
            return true;
        }
        return rules.creator() == CreatorSource.CONTENT
                ? create.content().string("creator").equals(Optional.of(user.value()))
                : create.sender().equals(user);
    }
}
