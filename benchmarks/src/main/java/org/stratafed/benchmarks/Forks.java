package org.stratafed.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.resolution.StateResolution;

/// States of one room that branches of it came to, to be resolved.
record Forks(BenchmarkRoom room, List<StateMap> states) {

    private static final String BOB = "@bob:one";
    private static final String CAT = "@cat:two";
    private static final int MODERATOR = 50;

    /// So many different ones are given in turn, each less than a moderator's.
    private static final int LEVELS = 50;

    private static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");

    /// Two branches in a room with many members, on each of which two moderators set the same
    /// settings of the room, each to something else.
    static Forks settings(int members, int conflicts) {
        var room = crowd(members);
        var before = room.state();
        return branches(
                room,
                List.of(BOB, CAT),
                who ->
                        IntStream.range(0, conflicts)
                                .forEach(
                                        i ->
                                                room.add(
                                                        who,
                                                        new StateKeyTuple(
                                                                "org.example.setting", "" + i),
                                                        JsonObject.builder()
                                                                .put("by", who)
                                                                .build())),
                before);
    }

    /// Branches of a room with a thousand members, on each of which a moderator bans users and
    /// changes the power levels in turn.
    static Forks bans(int branches, int each) {
        var moderators = IntStream.range(0, branches).mapToObj(i -> "@mod" + i + ":m" + i).toList();
        var room = new BenchmarkRoom(moderators);
        moderators.forEach(room::joined);
        IntStream.range(0, 1_000).forEach(i -> room.joined("@user" + i + ":u" + i % 50));
        var before = room.state();
        return branches(
                room,
                moderators,
                who -> {
                    for (int i = 0; i < each; i++) {
                        if (i % 10 == 9) {
                            var content = BenchmarkRoom.levels(moderators, MODERATOR);
                            room.add(who, POWER_LEVELS, content.with("events_default", level(i)));
                        } else {
                            var victim = "@user" + i + ":u" + i % 50;
                            room.add(
                                    who,
                                    BenchmarkRoom.member(victim),
                                    BenchmarkRoom.membership("ban"));
                        }
                    }
                },
                before);
    }

    /// Two branches, on each of which a moderator changes the power levels many times in a row.
    static Forks powerWar(int each) {
        var room = new BenchmarkRoom(List.of(BOB, CAT));
        room.joined(BOB);
        room.joined(CAT);
        var before = room.state();
        return branches(
                room,
                List.of(BOB, CAT),
                who -> {
                    for (int i = 0; i < each; i++) {
                        var content = BenchmarkRoom.levels(List.of(BOB, CAT), MODERATOR);
                        room.add(who, POWER_LEVELS, content.with("users_default", level(i)));
                    }
                },
                before);
    }

    private static JsonNumber level(int i) {
        return JsonNumber.of(i % LEVELS);
    }

    private static BenchmarkRoom crowd(int members) {
        var room = new BenchmarkRoom(List.of(BOB, CAT));
        room.joined(BOB);
        room.joined(CAT);
        IntStream.range(0, members).forEach(i -> room.joined("@user" + i + ":u" + i % 500));
        return room;
    }

    private static Forks branches(
            BenchmarkRoom room, List<String> users, Consumer<String> branch, StateMap before) {
        var states = new ArrayList<StateMap>();
        for (var user : users) {
            room.returnTo(before);
            branch.accept(user);
            states.add(room.state());
        }
        return new Forks(room, states);
    }

    StateMap resolve() {
        return StateResolution.resolve(
                BenchmarkRoom.RULES, states, room, SignatureProviders.pureJava());
    }
}
