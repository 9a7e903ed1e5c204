package org.stratafed.benchmarks.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;

/// A public room of version 11 with many members on many servers, each of which has signed what its
/// users did. Every other member has changed their profile once, so that their first membership is
/// in the auth chain.
final class LargeRoom {

    static final ServerName RESIDENT = new ServerName("s0");
    static final RoomId ROOM = new RoomId("!large:s0");

    static final RoomVersionRules RULES = RoomVersionRules.of(new RoomVersion("11")).orElseThrow();
    private static final UserId CREATOR = new UserId("@creator:" + RESIDENT);
    private static final String MEMBER = "m.room.member";
    private static final long FIRST_TS = 1_700_000_000_000L;

    private final Signatures signatures;
    private final List<SigningKey> keys;
    private final List<Pdu> state = new ArrayList<>();
    private final List<Pdu> authChain = new ArrayList<>();
    private final Pdu create;
    private final Pdu levels;
    private final Pdu rules;
    private int depth;

    LargeRoom(int members, int servers, Signatures signatures) {
        this.signatures = signatures;
        keys = IntStream.range(0, servers).mapToObj(LargeRoom::key).toList();
        create = made(CREATOR, "m.room.create", "", one("room_version", "11"), List.of());
        var creator =
                made(CREATOR, MEMBER, CREATOR.value(), one("membership", "join"), ids(create));
        var power =
                JsonObject.builder()
                        .put("users", JsonObject.builder().put(CREATOR.value(), 100).build())
                        .build();
        levels = made(CREATOR, "m.room.power_levels", "", power, ids(create, creator));
        rules =
                made(
                        CREATOR,
                        "m.room.join_rules",
                        "",
                        one("join_rule", "public"),
                        ids(create, levels, creator));
        authChain.addAll(List.of(create, creator, levels, rules));
        state.addAll(authChain);
        IntStream.range(0, members).forEach(this::add);
    }

    private static SigningKey key(int server) {
        var seed = ByteBuffer.allocate(SigningKey.SEED_BYTES).putInt(server).array();
        return new SigningKey(new KeyId("ed25519:a_large"), seed);
    }

    private void add(int i) {
        var user = new UserId("@somebody-" + i + ":s" + i % keys.size());
        var joined = member(user, "Somebody no. " + i, ids(create, levels, rules));
        if (i % 2 == 0) {
            state.add(joined);
        } else {
            authChain.add(joined);
            state.add(member(user, "Somebody else", ids(create, levels, rules, joined)));
        }
    }

    private Pdu member(UserId user, String name, List<EventId> auth) {
        var content =
                JsonObject.builder()
                        .put("membership", "join")
                        .put("displayname", name)
                        .put("avatar_url", "mxc://" + user.server() + "/aBcDeFgHiJkLmNoPqRsTuVwX")
                        .build();
        return made(user, MEMBER, user.value(), content, auth);
    }

    private Pdu made(
            UserId sender, String type, String key, JsonObject content, List<EventId> auth) {
        var event =
                event(sender, type, key, content, auth)
                        .put("origin_server_ts", FIRST_TS + depth)
                        .build();
        int server = Integer.parseInt(sender.server().value().substring(1));
        return EventParser.event(
                RULES,
                EventSigner.sign(RULES, event, sender.server(), keys.get(server), signatures));
    }

    private JsonObject.Builder event(
            UserId sender, String type, String key, JsonObject content, List<EventId> auth) {
        // The first member has to come directly after the room's creation.
        var previous =
                switch (depth) {
                    case 0 -> List.<String>of();
                    case 1 -> List.of(auth.getFirst().value());
                    default -> List.of("$" + String.format("%043d", depth));
                };
        return JsonObject.builder()
                .put("type", type)
                .put("state_key", key)
                .put("sender", sender.value())
                .put("room_id", ROOM.value())
                .put("content", content)
                .put("depth", ++depth)
                .put("prev_events", JsonArray.ofStrings(previous))
                .put(
                        "auth_events",
                        JsonArray.ofStrings(auth.stream().map(EventId::value).toList()));
    }

    private static JsonObject one(String key, String value) {
        return JsonObject.builder().put(key, value).build();
    }

    private static List<EventId> ids(Pdu... events) {
        return List.of(events).stream().map(Pdu::id).toList();
    }

    /// What `make_join` answers.
    byte[] template(UserId user) {
        var event =
                event(
                        user,
                        MEMBER,
                        user.value(),
                        one("membership", "join"),
                        ids(create, levels, rules));
        var template = new MembershipTemplate(event.build(), Optional.of(RULES.version()));
        return JsonWriter.write(MakeJoin.ENDPOINT.answer().encode(template));
    }

    /// What `send_join` answers.
    byte[] answer() {
        return JsonWriter.write(
                SendJoin.ENDPOINT
                        .answer()
                        .encode(
                                new SendJoinAnswer(
                                        raw(state),
                                        raw(authChain),
                                        Optional.empty(),
                                        false,
                                        List.of())));
    }

    private static List<RawPdu> raw(List<Pdu> events) {
        return events.stream().map(event -> new RawPdu(event.json())).toList();
    }

    /// All that has to be verified, each event once.
    List<Pdu> events() {
        var all = new ArrayList<>(state);
        authChain.stream().skip(4).forEach(all::add);
        return all;
    }

    int stateSize() {
        return state.size();
    }

    int servers() {
        return keys.size();
    }

    static ServerName server(int i) {
        return new ServerName("s" + i);
    }

    ServerKey key(ServerName server) {
        int i = Integer.parseInt(server.value().substring(1));
        return new ServerKey(
                signatures.verifyKey(keys.get(i)), Long.MAX_VALUE, OptionalLong.empty());
    }
}
