package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.host.Reply;
import org.stratafed.simulator.host.SimServer;

/// The same once more, and what nobody has a use for.
final class Replays {

    private static final int TIMES = 4;

    private Replays() {}

    static void transaction(Attack attack) {
        var event = attack.made(attack.message("over and over"));
        for (int i = 0; i < TIMES; i++) {
            attack.pushToAll(event);
        }
    }

    /// In an order in which they never were.
    static void events(Attack attack) {
        for (var victim : attack.victims()) {
            for (var other : attack.victims()) {
                attack.pushMany(victim, allOf(other, attack));
            }
        }
    }

    private static List<JsonObject> allOf(SimServer server, Attack attack) {
        var events =
                server.disk().room(attack.room()).orElseThrow().events().stream()
                        .filter(event -> event.kind() != EventKind.OUTLIER)
                        .map(event -> event.pdu().json())
                        .toList();
        var left = new ArrayList<>(events.subList(Math.max(0, events.size() - 60), events.size()));
        var shuffled = new ArrayList<JsonObject>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(attack.random().nextInt(left.size())));
        }
        return shuffled;
    }

    /// The second one was never looked at, so nobody has what is in it until it comes again.
    static void reusedId(Attack attack) {
        var first = attack.made(attack.message("the first"));
        var second = attack.made(attack.message("the second").after(first));
        for (var victim : attack.victims()) {
            var id = "reused" + attack.stage().nextNumber();
            attack.send(
                    victim,
                    attack.transaction(id, victim, List.of(first.json()), List.of()),
                    _ ->
                            attack.send(
                                    victim,
                                    attack.transaction(
                                            id, victim, List.of(second.json()), List.of()),
                                    again -> compare(attack, victim, second, again)));
        }
    }

    private static void compare(Attack attack, SimServer victim, Pdu second, Reply again) {
        if (again.isOk()
                && again.json()
                        .object("pdus")
                        .filter(it -> it.has(second.id().value()))
                        .isPresent()) {
            attack.stage().simulation().violations().add(victim + " took one id for two");
        }
    }

    static void edus(Attack attack) {
        var edus =
                Stream.of(
                                "m.typing",
                                "m.presence",
                                "m.receipt",
                                "m.device_list_update",
                                "m.direct_to_device",
                                "m.signing_key_update",
                                "org.example.unheard_of")
                        .map(type -> new Edu(type, nobodys(attack)))
                        .toList();
        for (var victim : attack.victims()) {
            attack.send(victim, attack.transaction(victim, List.of(), edus), _ -> {});
            var tooMany = new ArrayList<Edu>();
            for (int i = 0; i <= Transaction.EDUS_MAX; i++) {
                tooMany.add(edus.getFirst());
            }
            attack.sendInVain(
                    victim,
                    attack.transaction(victim, List.of(), tooMany),
                    tooMany.size() + " ephemeral units");
        }
    }

    /// About somebody else's user, and of shapes that no kind of unit has.
    private static JsonObject nobodys(Attack attack) {
        return JsonObject.builder()
                .put("user_id", attack.view().creator().value())
                .put("room_id", attack.room().value())
                .put("typing", 7)
                .put("push", JsonArray.ofStrings(List.of("no", "objects")))
                .put("messages", "none")
                .put("device_id", JsonObject.empty())
                .build();
    }
}
