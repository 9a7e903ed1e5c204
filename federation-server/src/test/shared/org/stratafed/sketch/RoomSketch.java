package org.stratafed.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.engine.pdu.resolution.EventGraph;
import org.stratafed.server.engine.pdu.resolution.StateResolution;

/// A room drawn by hand: its events have the ids, times and auth events that a test gives them, and
/// no hashes or signatures: resolution does not look at them. Each comes after the one before.
public final class RoomSketch implements EventGraph {

    private static final int HASH_CHARS = 43;
    private static final int EVENTS_PER_DEPTH = 3;
    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    /// Nothing drawn here has a signature that a rule wants verified.
    public static final Signatures NO_SIGNATURES =
            new Signatures() {
                @Override
                public byte[] sign(SigningKey key, byte[] message) {
                    throw new AssertionError("a sketch signs nothing");
                }

                @Override
                public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
                    throw new AssertionError("a sketch verifies nothing");
                }

                @Override
                public VerifyKey verifyKey(SigningKey key) {
                    throw new AssertionError("a sketch has no keys");
                }
            };

    private final RoomVersionRules rules;
    private final RoomId id;
    private final Pdu create;
    private final SequencedMap<EventId, Pdu> events = new LinkedHashMap<>();
    private final SequencedSet<EventId> rejected = new LinkedHashSet<>();

    /// How deep the next event is: as deep as some others, unless a test says how deep.
    private OptionalLong depth = OptionalLong.empty();

    /// A room with a create event only. Where the room version wants the create event cited, all
    /// other events do so without being told to.
    public RoomSketch(String version, String creator) {
        this(version, creator, JsonObject.empty());
    }

    public RoomSketch(String version, String creator, JsonObject createContent) {
        rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        var createId = new EventId("$" + "create" + "_".repeat(HASH_CHARS - "create".length()));
        id =
                rules.roomIdIsCreateHash()
                        ? RoomId.ofCreateEvent(createId)
                        : new RoomId("!room:" + creator.substring(creator.indexOf(':') + 1));
        var content =
                JsonObject.builder()
                        .putAll(createContent)
                        .put("room_version", version)
                        .put("creator", creator)
                        .build();
        create = pdu(createId, creator, CREATE, content, 0, List.of());
        events.put(createId, create);
    }

    public RoomVersionRules rules() {
        return rules;
    }

    public Pdu create() {
        return create;
    }

    /// All events, in the order they were drawn.
    public List<Pdu> events() {
        return List.copyOf(events.values());
    }

    /// Draws the creator's own join, which cites nothing but the create event.
    public Pdu creatorJoins(long time) {
        var creator = create.sender().value();
        return member("creator-joins", creator, creator, "join", time);
    }

    /// Makes all events from now on as deep as that.
    public void depth(long nextDepth) {
        depth = OptionalLong.of(nextDepth);
    }

    public Pdu member(
            String name, String sender, String target, String membership, long time, Pdu... auth) {
        var content = JsonObject.builder().put("membership", membership).build();
        return state(name, sender, "m.room.member", target, content, time, auth);
    }

    public Pdu joinRules(String name, String sender, String rule, long time, Pdu... auth) {
        var content = JsonObject.builder().put("join_rule", rule).build();
        return state(name, sender, "m.room.join_rules", "", content, time, auth);
    }

    /// @param users users and their levels in turn
    public Pdu powerLevels(
            String name, String sender, List<Object> users, long time, Pdu... auth) {
        var levels = JsonObject.builder();
        for (int i = 0; i < users.size(); i += 2) {
            levels.put((String) users.get(i), (Integer) users.get(i + 1));
        }
        var content = JsonObject.builder().put("users", levels.build()).build();
        return state(name, sender, "m.room.power_levels", "", content, time, auth);
    }

    public Pdu topic(String name, String sender, long time, Pdu... auth) {
        var content = JsonObject.builder().put("topic", name).build();
        return state(name, sender, "m.room.topic", "", content, time, auth);
    }

    /// Draws a state event whose id is `$name`.
    public Pdu state(
            String name,
            String sender,
            String type,
            String stateKey,
            JsonObject content,
            long time,
            Pdu... auth) {
        return add(drawn(name, sender, new StateKeyTuple(type, stateKey), content, time, auth));
    }

    /// A state event as [#state] draws it, but not in the room yet.
    public Pdu drawn(
            String name,
            String sender,
            StateKeyTuple key,
            JsonObject content,
            long time,
            Pdu... auth) {
        var cited = new ArrayList<EventId>();
        if (rules.createInAuthEvents()) {
            cited.add(create.id());
        }
        Arrays.stream(auth).map(Pdu::id).forEach(cited::add);
        return pdu(new EventId("$" + name), sender, key, content, time, cited);
    }

    public Pdu add(Pdu event) {
        if (events.putIfAbsent(event.id(), event) != null) {
            throw new IllegalArgumentException("drawn before: " + event);
        }
        return event;
    }

    public void reject(Pdu event) {
        rejected.add(event.id());
    }

    private Pdu pdu(
            EventId eventId,
            String sender,
            StateKeyTuple key,
            JsonObject content,
            long time,
            List<EventId> auth) {
        var isCreate = key.type().equals("m.room.create");
        var previous = isCreate ? List.<EventId>of() : List.of(events.lastEntry().getKey());
        var json =
                JsonObject.builder()
                        .put("type", key.type())
                        .put("state_key", key.stateKey())
                        .put("sender", sender)
                        .put("content", content)
                        .put("depth", depth.orElse(1 + events.size() / EVENTS_PER_DEPTH))
                        .put("origin_server_ts", time)
                        .put("prev_events", JsonArray.ofStrings(ids(previous)))
                        .put("auth_events", JsonArray.ofStrings(ids(auth)));
        // Whoever vouches for a restricted join has signed it.
        content.string("join_authorised_via_users_server")
                .ifPresent(user -> json.put("signatures", signatureOf(user)));
        if (!(isCreate && rules.roomIdIsCreateHash())) {
            json.put("room_id", id.value());
        }
        return new Pdu(eventId, id, json.build(), previous, auth, Optional.empty());
    }

    private static JsonObject signatureOf(String user) {
        var signature = JsonObject.builder().put("ed25519:1", "c2lnbmF0dXJl").build();
        return JsonObject.builder()
                .put(user.substring(user.indexOf(':') + 1), signature)
                .build();
    }

    private static List<String> ids(List<EventId> events) {
        return events.stream().map(EventId::value).toList();
    }

    /// A state of the create event and these: of two with the same key the later one.
    public StateMap stateOf(Pdu... stateEvents) {
        var state = StateMap.empty().with(create.stateTuple().orElseThrow(), create.id());
        for (var event : stateEvents) {
            state = state.with(event.stateTuple().orElseThrow(), event.id());
        }
        return state;
    }

    public StateMap resolve(StateMap... states) {
        return StateResolution.resolve(rules, List.of(states), this, NO_SIGNATURES);
    }

    @Override
    public Optional<Pdu> event(EventId event) {
        return Optional.ofNullable(events.get(event));
    }

    @Override
    public List<EventId> authEvents(EventId event) {
        return event(event).map(Pdu::authEvents).orElse(List.of());
    }

    @Override
    public Optional<StateKeyTuple> keyAtHand(EventId event) {
        return event(event).flatMap(Pdu::stateTuple);
    }

    @Override
    public boolean isRejected(EventId event) {
        return rejected.contains(event);
    }
}
