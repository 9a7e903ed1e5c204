package org.stratafed.simulator.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.simulator.host.Reply;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.store.RoomTable;

/// One attack under way: who does it, as whom, on what. Whatever fails of it, fails: the network
/// may be broken, and servers down.
///
/// @param user a user of the peer's who joined the room for this attack
record Attack(Stage stage, HostilePeer peer, RoomView view, UserId user, SimRandom random) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int LOOKS_MAX = 120;
    private static final int HASH_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    Attack with(RoomView later) {
        return new Attack(stage, peer, later, user, random);
    }

    RoomId room() {
        return view.join().roomId();
    }

    /// The honest servers that are in the room and up, in an order of chance's choice.
    List<SimServer> victims() {
        return victims(stage, random);
    }

    static List<SimServer> victims(Stage stage, SimRandom random) {
        var left = new ArrayList<SimServer>();
        stage.simulation().servers().stream().filter(it -> isIn(stage, it)).forEach(left::add);
        var drawn = new ArrayList<SimServer>();
        while (!left.isEmpty()) {
            drawn.add(left.remove(random.nextInt(left.size())));
        }
        return drawn;
    }

    private static boolean isIn(Stage stage, SimServer server) {
        return server.isUp()
                && server.disk()
                        .room(stage.room(""))
                        .filter(RoomTable::isHeld)
                        .filter(room -> !room.members(server.name()).isEmpty())
                        .isPresent();
    }

    Draft draft(String type) {
        return draft(user, type);
    }

    Draft draft(UserId sender, String type) {
        return new Draft(view, sender, type, peer.now());
    }

    Draft message(String text) {
        return draft("m.room.message").text(user.localpart() + " " + text);
    }

    /// The peer's membership again, with another name: state that its user may always set.
    Draft profile(String name) {
        return draft("m.room.member")
                .stateKey(user.value())
                .content(
                        JsonObject.builder()
                                .put("membership", "join")
                                .put("displayname", name)
                                .build());
    }

    JsonObject sign(Draft draft) {
        return sign(draft.json(), peer.name(), peer.key());
    }

    JsonObject sign(JsonObject event, ServerName as, SigningKey with) {
        return EventSigner.sign(view.rules(), event, as, with, peer.simulation().signatures());
    }

    /// The event, signed by the peer. Nobody needs to have it in the end.
    Pdu made(Draft draft) {
        var event = EventParser.event(view.rules(), sign(draft));
        stage.orphans().add(event.id());
        return event;
    }

    /// An event that no honest server may take for good.
    Pdu bad(Draft draft, String why) {
        var event = made(draft);
        peer.mustNotStand().add(event.id(), why);
        return event;
    }

    /// Ids of events that nobody has.
    List<EventId> nowhere(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        _ -> {
                            var hash = new byte[HASH_BYTES];
                            random.nextBytes(hash);
                            return new EventId("$" + BASE64.encodeToString(hash));
                        })
                .toList();
    }

    void pushToAll(Pdu... events) {
        victims().forEach(victim -> push(victim, events));
    }

    void push(SimServer to, Pdu... events) {
        push(to, List.of(events).stream().map(Pdu::json).toList(), _ -> {});
    }

    void push(SimServer to, List<JsonObject> events, Consumer<Reply> then) {
        send(to, transaction(to, events, List.of()), then);
    }

    /// Events beyond what one transaction holds, one transaction after the other.
    void pushMany(SimServer to, List<JsonObject> events) {
        int some = Math.min(Transaction.PDUS_MAX, events.size());
        push(
                to,
                events.subList(0, some),
                _ -> {
                    if (events.size() > some) {
                        pushMany(to, events.subList(some, events.size()));
                    }
                });
    }

    WireRequest transaction(SimServer to, List<JsonObject> events, List<Edu> edus) {
        return transaction("h" + stage.nextNumber(), to, events, edus);
    }

    WireRequest transaction(String id, SimServer to, List<JsonObject> events, List<Edu> edus) {
        return peer.request(to, SendTransaction.ENDPOINT, content(id, peer.name(), events, edus));
    }

    Transaction content(String id, ServerName origin, List<JsonObject> events, List<Edu> edus) {
        return new Transaction(
                new TransactionId(id),
                origin,
                peer.now(),
                events.stream().map(RawPdu::new).toList(),
                edus);
    }

    void send(SimServer to, WireRequest request, Consumer<Reply> then) {
        stage.perform(
                peer.name() + " sends " + request.method() + " to " + to,
                to,
                peer.send(to, request),
                then,
                _ -> {});
    }

    /// Sends what must not be taken.
    void sendInVain(SimServer to, WireRequest request, String why) {
        send(
                to,
                request,
                reply -> {
                    if (reply.isOk()) {
                        stage.simulation().violations().add(to + " took a request: " + why);
                    }
                });
    }

    /// Goes on when something is so, if it gets so soon.
    void when(BooleanSupplier condition, Runnable then) {
        when(condition, then, LOOKS_MAX);
    }

    private void when(BooleanSupplier condition, Runnable then, int looks) {
        if (condition.getAsBoolean()) {
            then.run();
        } else if (looks > 0) {
            stage.later(LOOK_AGAIN, () -> when(condition, then, looks - 1));
        }
    }

    /// The event that stands in the room's state at all honest servers, if it is the same there.
    Optional<Pdu> agreed(String type, String stateKey) {
        var key = new StateKeyTuple(type, stateKey);
        var seen = new LinkedHashMap<EventId, Pdu>();
        for (var victim : victims()) {
            var room = victim.disk().room(room()).orElseThrow();
            var event = room.currentState().get(key).flatMap(room::event);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            seen.put(event.get().pdu().id(), event.get().pdu());
        }
        return seen.size() == 1 ? seen.values().stream().findFirst() : Optional.empty();
    }

    /// The level that a user has as all honest servers see it.
    OptionalLong agreedLevel(UserId of) {
        return agreed("m.room.power_levels", "")
                .flatMap(event -> event.content().object("users"))
                .map(users -> users.integer(of.value()))
                .orElse(OptionalLong.empty());
    }
}
