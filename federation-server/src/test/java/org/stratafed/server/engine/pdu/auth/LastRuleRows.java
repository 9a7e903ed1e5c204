package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.json;

import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// The rules after those about memberships.
final class LastRuleRows extends RuleRows {

    private static final String LEVELS = AuthTypes.POWER_LEVELS;
    private static final String USERS = PowerLevelRules.USERS;

    LastRuleRows() {
        powers();
        powerLevels();
        powerLevelChanges();
        redactions();
        row(
                "11",
                "8",
                ALL,
                r -> r.joined(BOB).message("x").by(BOB),
                r -> r.joined(BOB).level("events", "x", 1).message("x").by(BOB));
    }

    private void powers() {
        rule("6", r -> r.joined(BOB).message("m").by(BOB), r -> r.message("m").by(BOB));
        String address = AuthTypes.THIRD_PARTY_INVITE;
        row(
                "7",
                "7.1",
                ALL,
                r -> bobWith(r, 20).level("invite", 20).state(address, "t").by(BOB),
                r -> bobWith(r, 20).level("invite", 21).state(address, "t").by(BOB));
        rule(
                "8",
                r -> bobWith(r, 50).state("m.room.topic", "").by(BOB),
                r -> bobWith(r, 49).state("m.room.topic", "").by(BOB));
        rule("9", r -> r.state("x", ALICE), r -> bobWith(r, 100).state("x", ALICE).by(BOB));
    }

    private void powerLevels() {
        row(
                "10.1",
                "10.1",
                FROM_10,
                r -> levels(r, "{'ban': 50}"),
                r -> levels(r, "{'ban': '50'}"));
        row(
                "10.2",
                "10.2",
                FROM_10,
                r -> levels(r, "{'events': {}}"),
                r -> levels(r, "{'events': {'x': null}}"));
        rule(
                "10.3",
                r -> levels(r, "{'users': {'@bob:beta': 60}}"),
                r -> levels(r, "{'users': {'bob': 60}}"));
        row(
                "10.3 before version 10",
                "10.3",
                UNTIL_9,
                r -> levels(r, "{'users': {'@bob:beta': ' +60 '}}"),
                r -> levels(r, "{'users': {'@bob:beta': '60.0'}}"));
        row(
                "10.4",
                "10.4",
                FROM_12,
                r -> levels(r, "{'users': {'@bob:beta': 60}}"),
                r -> levels(r, "{'users': {'@alice:alpha': 60}}"));
    }

    /// Each compared with the 60 that Bob has.
    private void powerLevelChanges() {
        row(
                "10.5",
                "10.6.2",
                ALL,
                r -> r.without(LEVELS, "").state(LEVELS, "").content("{'ban': 1000}"),
                r -> levels(r, "{'ban': 1000}"));
        row(
                "10.6",
                "10.6.1",
                ALL,
                r -> levels(with(r, "{'ban': 60}"), "{'ban': 59}"),
                r -> levels(with(r, "{'ban': 61}"), "{'ban': 60}"));
        row(
                "10.7",
                "10.7.1",
                ALL,
                r -> levels(with(r, "{'events': {'x': 60}}"), "{'events': {}}"),
                r -> levels(with(r, "{'events': {'x': 61}}"), "{'events': {}}"));
        row(
                "10.7 on notifications",
                "10.7.1",
                FROM_6,
                r -> levels(with(r, "{'notifications': {'x': 60}}"), "{'notifications': {}}"),
                r -> levels(with(r, "{'notifications': {'x': 61}}"), "{'notifications': {}}"));
        row(
                "10.8",
                "10.8.1",
                ALL,
                r -> levels(r, "{'events': {'x': 60}}"),
                r -> levels(r, "{'events': {'x': 61}}"));
        row(
                "10.8 on notifications",
                "10.8.1",
                FROM_6,
                r -> levels(r, "{'notifications': {'room': 60}}"),
                r -> levels(r, "{'notifications': {'room': 61}}"));
        row(
                "10.9",
                "10.9.1",
                ALL,
                r ->
                        levels(
                                with(r, "{'users': {'@carol:gamma': 59}}"),
                                "{'users': {'@carol:gamma': 0}}"),
                r ->
                        levels(
                                with(r, "{'users': {'@carol:gamma': 60}}"),
                                "{'users': {'@carol:gamma': 0}}"));
        row(
                "10.10",
                "10.10.1",
                ALL,
                r -> levels(r, "{'users': {'@carol:gamma': 60}}"),
                r -> levels(r, "{'users': {'@carol:gamma': 61}}"));
    }

    /// Rule 11 of the texts of versions 1 and 2.
    private void redactions() {
        row(
                "11.1 on redactions",
                "=11.3",
                UNTIL_2,
                r -> redaction(bobWith(r, 50), "alpha"),
                r -> redaction(bobWith(r, 49), "alpha"));
        row(
                "11.2 on redactions",
                "=11.3",
                UNTIL_2,
                r -> redaction(bobWith(r, 0), "beta"),
                r -> redaction(bobWith(r, 0), "beta:8448"));
        row(
                "11.3 on redactions",
                "=11.3",
                UNTIL_2,
                r -> redaction(bobWith(r, 0), "beta"),
                r -> redaction(bobWith(r, 0), "alpha"));
    }

    private static EventFixture redaction(RoomFixture room, String serverOfTarget) {
        return room.message(AuthTypes.REDACTION)
                .by(BOB)
                .id(new EventId("$redaction:beta"))
                .field("redacts", new JsonString("$target:" + serverOfTarget));
    }

    private static RoomFixture bob(RoomFixture room) {
        return room.event(AuthTypes.MEMBER, BOB).isPresent() ? room : bobWith(room, 60);
    }

    /// The room, with that in its power levels.
    private static RoomFixture with(RoomFixture room, String levels) {
        return bob(room).with(room.state(LEVELS, "").content(changed(room, json(levels))).build());
    }

    /// Power levels by Bob, which say the same as those of the room, and that.
    private static EventFixture levels(RoomFixture room, String levels) {
        var content = changed(bob(room), json(levels));
        return room.state(LEVELS, "").by(BOB).content(content);
    }

    /// Users are added, all else is replaced.
    private static JsonObject changed(RoomFixture room, JsonObject levels) {
        var before = room.powerLevels();
        var users =
                JsonObject.builder()
                        .putAll(before.object(USERS).orElse(JsonObject.empty()))
                        .putAll(levels.object(USERS).orElse(JsonObject.empty()))
                        .build();
        return JsonObject.builder().putAll(before).putAll(levels).put(USERS, users).build();
    }
}
