package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.PowerLevelValue;
import org.stratafed.api.model.room.RoomVersionRules;

/// Who may do what in a room: its power-levels event and its creators, with the defaults for what
/// neither says.
///
/// A value that is no level in the room's version reads as absent. Where the version asks for
/// integers it can't have passed the rules; where it doesn't, the specification leaves it open.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels">
///     `m.room.power_levels`</a>
public final class PowerLevels {

    private static final long CREATOR = 100;
    private static final long MODERATOR = 50;
    private static final long ANYBODY = 0;

    private final RoomVersionRules rules;
    private final JsonObject content;
    private final JsonObject users;
    private final JsonObject events;

    /// What creators have: the top whatever the event says, or else a level of their own until
    /// there is an event.
    private final Optional<Power> ofCreators;

    private final Creators creators;

    private PowerLevels(
            RoomVersionRules rules,
            JsonObject content,
            Creators creators,
            Optional<Power> ofCreators) {
        this.rules = rules;
        this.content = content;
        this.creators = creators;
        this.ofCreators = ofCreators;
        users = content.object("users").orElse(JsonObject.empty());
        events = content.object("events").orElse(JsonObject.empty());
    }

    public static PowerLevels of(RoomVersionRules rules, Pdu create, Optional<Pdu> powerLevels) {
        Optional<Power> ofCreators;
        if (rules.creatorsHaveInfinitePower()) {
            ofCreators = Optional.of(Power.INFINITE);
        } else if (powerLevels.isEmpty()) {
            ofCreators = Optional.of(Power.of(CREATOR));
        } else {
            ofCreators = Optional.empty();
        }
        return new PowerLevels(
                rules,
                powerLevels.map(Pdu::content).orElse(JsonObject.empty()),
                Creators.of(rules, create),
                ofCreators);
    }

    public Power of(UserId user) {
        if (ofCreators.isPresent() && creators.include(user)) {
            return ofCreators.get();
        }
        OptionalLong own = read(users, user.value());
        return own.isPresent() ? Power.of(own.getAsLong()) : usersDefault();
    }

    /// What it takes to send an event of this type.
    public Power required(String type, boolean isState) {
        OptionalLong own = read(events, type);
        if (own.isPresent()) {
            return Power.of(own.getAsLong());
        }
        return isState ? level("state_default", MODERATOR) : level("events_default", ANYBODY);
    }

    public Power ban() {
        return level("ban", MODERATOR);
    }

    public Power kick() {
        return level("kick", MODERATOR);
    }

    public Power redact() {
        return level("redact", MODERATOR);
    }

    public Power invite() {
        return level("invite", ANYBODY);
    }

    public Power usersDefault() {
        return level("users_default", ANYBODY);
    }

    private Power level(String name, long otherwise) {
        return Power.of(read(content, name).orElse(otherwise));
    }

    private OptionalLong read(JsonObject levels, String name) {
        var value = levels.get(name);
        return value.isPresent() ? PowerLevelValue.read(rules, value.get()) : OptionalLong.empty();
    }
}
