package org.stratafed.benchmarks.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;

/// A public room of version 11 as a store is told of it, one change for each event: first its
/// members join, then they talk. The events have the hashes and signatures that real ones have.
final class StandardRoom {

    static final ServerName LOCAL = new ServerName("one.example.org");

    private static final RoomVersion VERSION = new RoomVersion("11");
    private static final RoomVersionRules RULES = RoomVersionRules.of(VERSION).orElseThrow();
    private static final RoomId ROOM = new RoomId("!qCnXeYDWQvzAGhLbTk:one.example.org");
    private static final String CREATOR = "@creator:one.example.org";
    private static final String MEMBER = "m.room.member";
    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");
    private static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");
    private static final StateKeyTuple JOIN_RULES = new StateKeyTuple("m.room.join_rules", "");

    /// Members for each of their servers.
    private static final int MEMBERS_PER_SERVER = 50;

    private static final int WORDS_MAX = 40;

    private final Signatures signatures = SignatureProviders.fastest();
    private final SigningKey key =
            new SigningKey(new KeyId("ed25519:a_AbCd"), new byte[SigningKey.SEED_BYTES]);
    private final RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final Consumer<RoomCommit> store;
    private final Map<StateKeyTuple, EventId> state = new LinkedHashMap<>();
    private final List<String> members = new ArrayList<>();
    private Optional<EventId> last = Optional.empty();
    private int version;
    private long revision;
    private long time = 1_700_000_000_000L;
    private long jsonBytes;

    /// @param store is given each change
    StandardRoom(Consumer<RoomCommit> store) {
        this.store = store;
        state(CREATOR, CREATE, JsonObject.builder().put("room_version", VERSION.id()).build());
        join(CREATOR);
        state(CREATOR, POWER_LEVELS, levels());
        state(CREATOR, JOIN_RULES, JsonObject.builder().put("join_rule", "public").build());
    }

    private static JsonObject levels() {
        var users = JsonObject.builder().put(CREATOR, 100).build();
        return JsonObject.builder().put("users", users).build();
    }

    /// What the canonical JSON of all events has so far.
    long jsonBytes() {
        return jsonBytes;
    }

    void joinMembers(int count) {
        for (int i = 0; i < count; i++) {
            var server = i / MEMBERS_PER_SERVER;
            join("@member" + i + ":" + (server == 0 ? LOCAL : "server" + server + ".example.org"));
        }
    }

    private void join(String user) {
        members.add(user);
        var name = user.substring(1, user.indexOf(':'));
        var content =
                JsonObject.builder().put("membership", "join").put("displayname", name).build();
        state(user, new StateKeyTuple(MEMBER, user), content);
    }

    void talk(int messages) {
        for (int i = 0; i < messages; i++) {
            var words = "lorem ipsum ".repeat(1 + chance.nextInt(WORDS_MAX) / 4).strip();
            var content = JsonObject.builder().put("msgtype", "m.text").put("body", words).build();
            var sender = members.get(chance.nextInt(members.size()));
            var event = sign(sender, "m.room.message", Optional.empty(), content);
            commit(event, new StatePoint(0, version), new StatePoint(0, version));
        }
    }

    private void state(String sender, StateKeyTuple tuple, JsonObject content) {
        var event = sign(sender, tuple.type(), Optional.of(tuple.stateKey()), content);
        state.put(tuple, event.id());
        var before = new StatePoint(0, version++);
        commit(event, before, new StatePoint(0, version));
    }

    private Pdu sign(String sender, String type, Optional<String> stateKey, JsonObject content) {
        var json =
                JsonObject.builder()
                        .put("type", type)
                        .put("sender", sender)
                        .put("room_id", ROOM.value())
                        .put("content", content)
                        .put("depth", 1 + revision)
                        .put("origin_server_ts", time += 1_000)
                        .put("prev_events", ids(last.stream().toList()))
                        .put("auth_events", ids(cited(sender, type)));
        stateKey.ifPresent(it -> json.put("state_key", it));
        var origin = UserId.parse(sender).orElseThrow().server();
        return EventParser.event(
                RULES, EventSigner.sign(RULES, json.build(), origin, key, signatures));
    }

    private List<EventId> cited(String sender, String type) {
        var cited = new ArrayList<EventId>();
        var keys = new ArrayList<>(List.of(CREATE, POWER_LEVELS));
        keys.add(new StateKeyTuple(MEMBER, sender));
        if (type.equals(MEMBER)) {
            keys.add(JOIN_RULES);
        }
        keys.stream().filter(state::containsKey).map(state::get).forEach(cited::add);
        return cited;
    }

    private static JsonArray ids(List<EventId> ids) {
        return new JsonArray(
                List.copyOf(ids.stream().map(id -> new JsonString(id.value())).toList()));
    }

    private void commit(Pdu event, StatePoint before, StatePoint after) {
        jsonBytes += event.bytes().length;
        last = Optional.of(event.id());
        var write =
                new RoomCommit.EventWrite(
                        event,
                        EventKind.LIVE,
                        EventStatus.ACCEPTED,
                        Optional.empty(),
                        Optional.of(before),
                        Optional.of(after),
                        OptionalLong.empty());
        var changes = new ArrayList<RoomCommit.StateChange>();
        SequencedMap<StateKeyTuple, Optional<EventId>> currentChanges = new LinkedHashMap<>();
        event.stateTuple()
                .ifPresent(
                        tuple -> {
                            var id = Optional.of(event.id());
                            changes.add(new RoomCommit.StateChange(after, tuple, id));
                            currentChanges.put(tuple, id);
                        });
        store.accept(
                new RoomCommit(
                        ROOM,
                        revision++,
                        VERSION,
                        StateCompleteness.COMPLETE,
                        List.of(write),
                        revision == 1
                                ? List.of(new RoomCommit.LineOpened(0, Optional.empty()))
                                : List.of(),
                        changes,
                        new LinkedHashSet<>(List.of(event.id())),
                        after,
                        currentChanges,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        new LinkedHashSet<>(),
                        List.of(),
                        Optional.empty()));
    }
}
