package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.PowerLevelValue;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What may be in a power-levels event: levels, and no creators where these are above levels.
/// What may be changed is [PowerLevelChanges].
///
/// Room versions that don't ask for integers don't look at levels before they are changed, those
/// of users apart.
final class PowerLevelRules {

    static final List<String> LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    static final String EVENTS = "events";
    static final String NOTIFICATIONS = "notifications";
    static final String USERS = "users";

    private PowerLevelRules() {}

    static AuthVerdict check(AuthContext context) {
        Optional<Denied> noLevels =
                context.rules().integerPowerLevels()
                        ? notLevel(context)
                                .or(() -> notLevels(context, EVENTS))
                                .or(() -> notLevels(context, NOTIFICATIONS))
                        : beyondDoubles(context);
        return noLevels.or(() -> notUsers(context))
                .or(() -> creatorListed(context))
                .or(() -> changed(context))
                .<AuthVerdict>map(denied -> denied)
                // 10.10, the second of that number. Otherwise it is allowed.
                .orElse(AuthVerdict.ALLOWED);
    }

    /// 10.1. Levels are integers.
    private static Optional<Denied> notLevel(AuthContext context) {
        return LEVELS.stream()
                .filter(
                        name ->
                                context.event()
                                        .content()
                                        .get(name)
                                        .filter(value -> !isLevel(context, value))
                                        .isPresent())
                .findFirst()
                .map(name -> context.numbers().powerLevels(1, name + " is not an integer."));
    }

    /// 10.2. So are those of events and notifications.
    private static Optional<Denied> notLevels(AuthContext context, String name) {
        return context.event()
                .content()
                .get(name)
                .filter(value -> !isObjectOfLevels(context, value))
                .map(
                        _ ->
                                context.numbers()
                                        .powerLevels(2, name + " is not an object of integers."));
    }

    /// A number that is too large for any double, or too small, spoils the event in room versions
    /// that have fractions. The text has it beside the rules.
    private static Optional<Denied> beyondDoubles(AuthContext context) {
        var content = context.event().content();
        Stream<JsonValue> levels =
                Stream.concat(
                        LEVELS.stream().flatMap(name -> content.get(name).stream()),
                        Stream.of(EVENTS, NOTIFICATIONS, USERS)
                                .flatMap(name -> content.object(name).stream())
                                .flatMap(object -> object.members().values().stream()));
        return levels.filter(PowerLevelValue::isBeyondDoubles)
                .findFirst()
                .map(
                        value ->
                                context.numbers()
                                        .powerLevels(3, value + " is not within any range."));
    }

    /// 10.3. So are those of users, who have user IDs. By the letter `users` has to be there;
    /// deployed servers take an absent one for an empty one.
    private static Optional<Denied> notUsers(AuthContext context) {
        return context.event()
                .content()
                .get(USERS)
                .filter(value -> !isObjectOfLevels(context, value) || !hasUserKeys(value))
                .map(
                        _ ->
                                context.numbers()
                                        .powerLevels(
                                                3,
                                                "users is not an object of user IDs with"
                                                        + " integers."));
    }

    /// 10.4. Creators have no level where they are above all levels.
    private static Optional<Denied> creatorListed(AuthContext context) {
        if (!context.rules().creatorsHaveInfinitePower()) {
            return Optional.empty();
        }
        var users = context.event().content().object(USERS).orElse(JsonObject.empty());
        return Creators.of(context.rules(), context.create()).users().stream()
                .filter(users::has)
                .findFirst()
                .map(
                        creator ->
                                context.numbers()
                                        .creatorListed(
                                                "users has "
                                                        + creator
                                                        + ", who created the room and so can't"
                                                        + " be given a level."));
    }

    private static Optional<Denied> changed(AuthContext context) {
        // 10.5. The first one changes nothing. Those before are the room's, whatever state key the
        // event has: with another one it could not set levels, but look as if it did.
        Optional<Pdu> previous = context.state().event(AuthTypes.POWER_LEVELS, "");
        return previous.flatMap(event -> new PowerLevelChanges(context, event).firstDenied());
    }

    private static boolean isLevel(AuthContext context, JsonValue value) {
        return PowerLevelValue.read(context.rules(), value).isPresent();
    }

    private static boolean isObjectOfLevels(AuthContext context, JsonValue value) {
        return value instanceof JsonObject object
                && object.members().values().stream().allMatch(level -> isLevel(context, level));
    }

    private static boolean hasUserKeys(JsonValue value) {
        return value instanceof JsonObject object
                && object.keys().stream().allMatch(key -> UserId.parse(key).isPresent());
    }
}
