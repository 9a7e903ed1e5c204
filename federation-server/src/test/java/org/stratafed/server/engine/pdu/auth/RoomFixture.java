package org.stratafed.server.engine.pdu.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;

/// A valid public room, made by Alice of the server `alpha`, to be broken in one way per test.
///
/// Its events are unsigned, and their IDs are made up, but the same in every run: `$0001…`, and
/// so on in the order they are built in.
public final class RoomFixture implements AuthState {

    public static final String ALICE = "@alice:alpha";

    private static final String HASH_FILL = "A".repeat(39);

    private final RoomVersionRules rules;
    private final RoomId roomId;
    private final SequencedMap<StateKeyTuple, Pdu> state = new LinkedHashMap<>();

    private int eventCount;
    private Pdu latest;

    private RoomFixture(String version) {
        rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
        roomId =
                rules.roomIdIsCreateHash()
                        ? RoomId.ofCreateEvent(id(1))
                        : new RoomId("!room:alpha");
    }

    /// Alice has created it and joined, nobody is listed in the power levels beside her, and
    /// everybody may join.
    public static RoomFixture publicRoom(String version) {
        var room = new RoomFixture(version);
        room.with(room.createEvent().build());
        room.with(room.member(ALICE, "join").build());
        room.powerLevels(
                room.rules.creatorsHaveInfinitePower() ? "{}" : "{'users': {'@alice:alpha': 100}}");
        return room.joinRule("public");
    }

    /// JSON as tests write it, with single quotes.
    public static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public RoomVersionRules rules() {
        return rules;
    }

    public RoomId roomId() {
        return roomId;
    }

    public Pdu create() {
        return event(AuthTypes.CREATE, "").orElseThrow();
    }

    public EventId latest() {
        return latest.id();
    }

    @Override
    public Optional<Pdu> event(String type, String stateKey) {
        return Optional.ofNullable(state.get(new StateKeyTuple(type, stateKey)));
    }

    // Changing the room.

    /// The event is in the room, allowed or not, and in the state if it sets any.
    public RoomFixture with(Pdu event) {
        event.stateTuple().ifPresent(key -> state.put(key, event));
        latest = event;
        return this;
    }

    public RoomFixture without(String type, String stateKey) {
        state.remove(new StateKeyTuple(type, stateKey));
        return this;
    }

    /// The create event has this content instead, and the same ID.
    public RoomFixture createContent(String content) {
        int count = eventCount;
        eventCount = 0;
        var create = createEvent().content(content).build();
        eventCount = count;
        state.put(new StateKeyTuple(AuthTypes.CREATE, ""), create);
        return this;
    }

    public RoomFixture joined(String... users) {
        for (String user : users) {
            with(member(user, "join").build());
        }
        return this;
    }

    /// The user is that to the room, however it came to be.
    public RoomFixture membership(String user, String membership) {
        return with(member(user, membership).build());
    }

    public RoomFixture joinRule(String rule) {
        return with(
                state(AuthTypes.JOIN_RULES, "").content("{'join_rule': '" + rule + "'}").build());
    }

    public RoomFixture powerLevels(String content) {
        return with(state(AuthTypes.POWER_LEVELS, "").content(content).build());
    }

    /// The power levels also have that.
    public RoomFixture level(String name, long level) {
        return with(
                state(AuthTypes.POWER_LEVELS, "")
                        .content(powerLevels().with(name, JsonNumber.of(level)))
                        .build());
    }

    /// The power levels also have that in one of their maps.
    public RoomFixture level(String map, String key, long level) {
        var levels = powerLevels().object(map).orElse(JsonObject.empty());
        return with(
                state(AuthTypes.POWER_LEVELS, "")
                        .content(powerLevels().with(map, levels.with(key, JsonNumber.of(level))))
                        .build());
    }

    /// The user is in the room and has that power.
    public RoomFixture joinedWithPower(String user, long power) {
        return joined(user).level("users", user, power);
    }

    public JsonObject powerLevels() {
        return event(AuthTypes.POWER_LEVELS, "").map(Pdu::content).orElse(JsonObject.empty());
    }

    // Events to check. They are not in the room.

    /// A create event that could be this room's.
    public EventFixture createEvent() {
        var create = new EventFixture(this, AuthTypes.CREATE).stateKey("").prev();
        var version = "'room_version': '" + rules.version() + "'";
        return switch (rules.creator()) {
            case CONTENT -> create.content("{'creator': '" + ALICE + "', " + version + "}");
            case SENDER, SENDER_AND_ADDITIONAL -> create.content("{" + version + "}");
        };
    }

    /// A message by Alice.
    public EventFixture message(String type) {
        return new EventFixture(this, type);
    }

    /// A state event by Alice.
    public EventFixture state(String type, String stateKey) {
        return new EventFixture(this, type).stateKey(stateKey);
    }

    /// A membership that the user sets for himself.
    public EventFixture member(String user, String membership) {
        return state(AuthTypes.MEMBER, user)
                .by(user)
                .content("{'membership': '" + membership + "'}");
    }

    /// A membership that one user sets for another.
    public EventFixture member(String sender, String target, String membership) {
        return member(target, membership).by(sender);
    }

    // Checking.

    public AuthVerdict check(EventFixture event) {
        return check(event, new NoSignatures());
    }

    public AuthVerdict check(EventFixture event, Signatures signatures) {
        return EventAuthorization.check(rules, event.build(), this, signatures);
    }

    /// What of the state an event like this has to cite.
    public List<Pdu> selected(Pdu event) {
        var selected = new ArrayList<Pdu>();
        for (var key : AuthEventSelection.select(rules, event)) {
            event(key.type(), key.stateKey()).ifPresent(selected::add);
        }
        return List.copyOf(selected);
    }

    EventId nextId() {
        return id(++eventCount);
    }

    private static EventId id(int number) {
        return new EventId("$%04d%s".formatted(number, HASH_FILL));
    }
}
