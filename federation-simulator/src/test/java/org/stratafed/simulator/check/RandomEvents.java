package org.stratafed.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.sketch.RoomSketch;

/// Events that the users of a [RandomRoom] might want to send, whether they may or not.
final class RandomEvents {

    static final List<String> USERS =
            List.of("@ann:a", "@bob:b", "@cat:c", "@dan:d", "@eve:e", "@fay:f", "@gus:g");

    private static final List<String> JOIN_RULES =
            List.of("public", "public", "invite", "knock", "restricted", "knock_restricted");

    private static final List<Integer> LEVELS = List.of(0, 10, 49, 50, 75, 99, 100);

    /// Other ways of writing levels, some of which are none at all. They come up in rooms of the
    /// versions that have them.
    private static final List<JsonValue> TEXT_LEVELS =
            List.of(
                    new JsonString("50"),
                    new JsonString(" +075 "),
                    new JsonString("ten"),
                    new JsonString("9223372036854775808"),
                    JsonBoolean.of(true),
                    JsonNull.NULL,
                    JsonObject.empty());

    private static final List<JsonValue> FRACTION_LEVELS =
            List.of(
                    new JsonNumber("49.99"),
                    new JsonNumber("9.9E1"),
                    new JsonNumber("-0.5"),
                    new JsonNumber("1e300"),
                    new JsonNumber("1e400"),
                    new JsonNumber("18446744073709551616"));

    private static final List<String> LEVEL_KEYS =
            List.of(
                    "ban",
                    "events_default",
                    "invite",
                    "kick",
                    "redact",
                    "state_default",
                    "users_default");

    private final SplittableRandom random;
    private final RoomVersionRules rules;
    private final String creator;
    private int count;

    RandomEvents(SplittableRandom random, RoomSketch sketch) {
        this.random = random;
        rules = sketch.rules();
        creator = sketch.create().sender().value();
    }

    record Draft(String name, String sender, StateKeyTuple key, JsonObject content, long time) {}

    /// What a room usually starts with.
    List<Draft> opening() {
        var drafts = new ArrayList<Draft>();
        if (random.nextInt(8) != 0) {
            drafts.add(draft(creator, "m.room.power_levels", "", powerLevels()));
        }
        if (random.nextInt(8) != 0) {
            drafts.add(joinRules(creator));
        }
        USERS.stream().skip(1).forEach(user -> drafts.add(member(user, user, "join")));
        return drafts;
    }

    Draft next() {
        var sender = random.nextInt(3) == 0 ? creator : user();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> member(sender, sender, "join");
            case 4 -> member(sender, sender, random.nextBoolean() ? "leave" : "knock");
            case 5, 6 -> member(sender, user(), "invite");
            case 7, 8 -> member(sender, user(), "ban");
            case 9, 10 -> member(sender, user(), "leave");
            case 11, 12, 13, 14 -> draft(sender, "m.room.power_levels", "", powerLevels());
            case 15, 16 -> joinRules(sender);
            case 17 -> draft(sender, "m.room.topic", "", text("topic"));
            case 18 -> draft(sender, "m.room.name", "", text("name"));
            default -> draft(sender, "org.example.note", user(), text("note"));
        };
    }

    private Draft joinRules(String sender) {
        return draft(sender, "m.room.join_rules", "", content("join_rule", any(JOIN_RULES)));
    }

    private Draft member(String sender, String target, String membership) {
        var content = content("membership", membership);
        // Some users have a member vouch for them, as in a restricted room.
        if (membership.equals("join") && random.nextInt(3) == 0) {
            content =
                    JsonObject.builder()
                            .putAll(content)
                            .put("join_authorised_via_users_server", user())
                            .build();
        }
        return draft(sender, "m.room.member", target, content);
    }

    /// Most users keep to what is usual; so many events have the same time that ids decide.
    private Draft draft(String sender, String type, String stateKey, JsonObject content) {
        count++;
        var name = Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36) + count;
        long time = 1_000 + count / 4 + random.nextInt(6);
        return new Draft(name, sender, new StateKeyTuple(type, stateKey), content, time);
    }

    private JsonObject powerLevels() {
        var users = JsonObject.builder();
        for (var user : USERS) {
            boolean isCreator = user.equals(creator) || user.equals(USERS.get(1));
            if (rules.creatorsHaveInfinitePower() && isCreator) {
                continue;
            }
            if (user.equals(creator)) {
                users.put(user, random.nextInt(12) == 0 ? level() : JsonNumber.of(100));
            } else if (random.nextInt(3) != 0) {
                users.put(user, level());
            }
        }
        var content = JsonObject.builder();
        // Without levels for users, nobody has more than the default any more.
        if (random.nextInt(40) != 0) {
            content.put("users", users.build());
        }
        for (var level : LEVEL_KEYS) {
            if (random.nextInt(5) == 0) {
                content.put(level, level());
            }
        }
        if (random.nextInt(6) == 0) {
            content.put("notifications", JsonObject.builder().put("room", level()).build());
        }
        if (random.nextInt(3) == 0) {
            var events = JsonObject.builder().put("m.room.topic", level());
            content.put("events", events.put("m.room.join_rules", level()).build());
        }
        return content.build();
    }

    private JsonValue level() {
        boolean isUsual = rules.integerPowerLevels() || random.nextInt(12) != 0;
        if (isUsual) {
            return JsonNumber.of(any(LEVELS));
        }
        return any(
                rules.strictCanonicalJson() || random.nextBoolean()
                        ? TEXT_LEVELS
                        : FRACTION_LEVELS);
    }

    private JsonObject text(String key) {
        return content(key, Integer.toString(count));
    }

    private static JsonObject content(String key, String value) {
        return JsonObject.builder().put(key, value).build();
    }

    private String user() {
        return any(USERS);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
