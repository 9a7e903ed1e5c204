package org.stratafed.simulator.hostile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.stratafed.api.layer.messaging.Memberships;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.store.RoomTable;

/// To go on from a time when it was allowed.
///
/// The room's creator, on an honest server, gives the peer's user power and takes it back, or bans
/// him; the peer goes on when everybody knows.
final class Takeover {

    private static final int MODERATOR = 50;
    private static final String POWER_LEVELS = "m.room.power_levels";
    private static final String MEMBER = "m.room.member";

    private Takeover() {}

    static void banEvasion(Attack attack) {
        var server = serverOfCreator(attack);
        if (server.isEmpty()) {
            return;
        }
        Memberships memberships = server.get().messaging().memberships();
        attack.stage()
                .perform(
                        "ban " + attack.user(),
                        server.get(),
                        memberships.ban(
                                attack.room(),
                                attack.view().creator(),
                                attack.user(),
                                Optional.empty()),
                        _ -> attack.when(() -> isBanned(attack), () -> evade(attack)),
                        _ -> {});
    }

    private static boolean isBanned(Attack attack) {
        return attack.agreed(MEMBER, attack.user().value())
                .flatMap(event -> event.content().string("membership"))
                .equals(Optional.of("ban"));
    }

    private static void evade(Attack attack) {
        var why = "its sender is banned";
        var ban = attack.agreed(MEMBER, attack.user().value()).orElseThrow();
        var old = attack.bad(attack.message("as if there were no ban"), why);
        var profile = attack.bad(attack.profile("not banned").after(old), why);
        var leave =
                attack.bad(
                        attack.draft(MEMBER)
                                .stateKey(attack.user().value())
                                .content(JsonObject.builder().put("membership", "leave").build()),
                        why);
        var both =
                attack.bad(
                        attack.message("after both").after(List.of(profile.id(), ban.id())), why);
        attack.pushToAll(old, profile, leave, both);
    }

    static void powerEscalation(Attack attack) {
        atAndAfterPower(
                attack,
                (had, lost) -> {
                    var why = "its sender has no power any more";
                    var self = attack.user();
                    var friend = new UserId("@friend:" + attack.peer().name());
                    var old = attack.with(attack.view().with(had));
                    var forFriend = levels(had.content(), friend, MODERATOR);
                    var raised =
                            attack.bad(
                                    old.draft(POWER_LEVELS)
                                            .stateKey("")
                                            .content(forFriend)
                                            .after(had),
                                    why);
                    var beyond = levels(had.content(), self, 100);
                    var first =
                            attack.bad(
                                    old.draft(POWER_LEVELS).stateKey("").content(beyond).after(had),
                                    why);
                    var hidden =
                            attack.bad(
                                    old.draft(POWER_LEVELS)
                                            .stateKey("")
                                            .content(forFriend)
                                            .after(lost),
                                    "it is allowed by what was so before");
                    var meets =
                            attack.made(
                                    old.message("where both meet")
                                            .after(List.of(raised.id(), lost.id())));
                    attack.pushToAll(raised, first, hidden, meets);
                });
    }

    static void stateReset(Attack attack) {
        atAndAfterPower(
                attack,
                (had, lost) -> {
                    var why = "its sender could do that once";
                    var old = attack.with(attack.view().with(had));
                    var topic = JsonObject.builder().put("topic", "reset").build();
                    var reset =
                            attack.bad(
                                    old.draft("m.room.topic")
                                            .stateKey("")
                                            .content(topic)
                                            .after(had),
                                    why);
                    var rules = JsonObject.builder().put("join_rule", "invite").build();
                    var closed =
                            attack.bad(
                                    old.draft("m.room.join_rules")
                                            .stateKey("")
                                            .content(rules)
                                            .after(reset),
                                    why);
                    attack.pushToAll(reset, closed, secondCreate(attack));
                    kicks(old, closed, lost, why);
                });
    }

    /// Removes everybody who may be removed, on the old branch, and has it meet the new one.
    private static void kicks(Attack old, Pdu after, Pdu lost, String why) {
        var leave = JsonObject.builder().put("membership", "leave").build();
        var before = after;
        for (var key : old.view().state().keySet()) {
            var isOther =
                    key.type().equals(MEMBER)
                            && !key.stateKey().equals(old.user().value())
                            && !key.stateKey().equals(old.view().creator().value());
            if (isOther) {
                before =
                        old.bad(
                                old.draft(MEMBER)
                                        .stateKey(key.stateKey())
                                        .content(leave)
                                        .after(before),
                                why);
                old.pushToAll(before);
            }
        }
        old.pushToAll(
                old.made(old.message("where both meet").after(List.of(before.id(), lost.id()))));
    }

    private static Pdu secondCreate(Attack attack) {
        var draft =
                attack.draft("m.room.create")
                        .stateKey("")
                        .content(attack.view().create().content())
                        .after(List.<EventId>of())
                        .allowedBy(List.of())
                        .depth(JsonNumber.of(1));
        return attack.bad(draft, "the room has been created");
    }

    /// @param had the event that gave the power
    /// @param lost the one that took it
    private interface Powers {
        void act(Pdu had, Pdu lost);
    }

    private static void atAndAfterPower(Attack attack, Powers then) {
        setLevel(
                attack,
                MODERATOR,
                () -> {
                    var had = attack.agreed(POWER_LEVELS, "").orElseThrow();
                    setLevel(
                            attack,
                            0,
                            () -> then.act(had, attack.agreed(POWER_LEVELS, "").orElseThrow()));
                });
    }

    private static void setLevel(Attack attack, int level, Runnable then) {
        withCreator(
                attack,
                server -> {
                    var now = current(server, attack);
                    attack.stage()
                            .perform(
                                    attack.view().creator()
                                            + " gives "
                                            + attack.user()
                                            + " "
                                            + level,
                                    server,
                                    server.messaging()
                                            .rooms()
                                            .setState(
                                                    attack.room(),
                                                    attack.view().creator(),
                                                    POWER_LEVELS,
                                                    "",
                                                    levels(now, attack.user(), level)),
                                    _ ->
                                            attack.when(
                                                    () ->
                                                            attack.agreedLevel(attack.user())
                                                                    .equals(OptionalLong.of(level)),
                                                    then),
                                    _ -> {});
                });
    }

    private static JsonObject current(SimServer server, Attack attack) {
        RoomTable room = server.disk().room(attack.room()).orElseThrow();
        return room.currentState()
                .get(new StateKeyTuple(POWER_LEVELS, ""))
                .flatMap(room::event)
                .map(event -> event.pdu().content())
                .orElse(JsonObject.empty());
    }

    private static JsonObject levels(JsonObject levels, UserId user, int level) {
        var users = levels.object("users").orElse(JsonObject.empty());
        var events = levels.object("events").orElse(JsonObject.empty());
        for (var type : List.of(POWER_LEVELS, "m.room.join_rules")) {
            events = events.with(type, JsonNumber.of(MODERATOR));
        }
        return levels.with("users", users.with(user.value(), JsonNumber.of(level)))
                .with("events", events);
    }

    private static void withCreator(Attack attack, Consumer<SimServer> then) {
        serverOfCreator(attack).ifPresent(then);
    }

    private static Optional<SimServer> serverOfCreator(Attack attack) {
        return attack.victims().stream()
                .filter(it -> it.name().equals(attack.view().creator().server()))
                .findFirst();
    }
}
