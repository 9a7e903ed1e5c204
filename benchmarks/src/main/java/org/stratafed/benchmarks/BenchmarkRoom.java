package org.stratafed.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.resolution.EventGraph;

/// A public room of version 11 whose events stand in a row, with the IDs that their contents give
/// them. They are not signed: neither resolution nor the rules look at that.
final class BenchmarkRoom implements EventGraph {

    static final String CREATOR = "@creator:origin";

    static final RoomVersionRules RULES = RoomVersionRules.of(new RoomVersion("11")).orElseThrow();

    private static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");
    private static final StateKeyTuple JOIN_RULES = new StateKeyTuple("m.room.join_rules", "");
    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");
    private static final String MEMBER = "m.room.member";

    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private Optional<Pdu> last = Optional.empty();
    private StateMap state = StateMap.empty();
    private long time = 1_700_000_000_000L;

    /// A room that its creator made and whose moderators have a level of 50.
    BenchmarkRoom(List<String> moderators) {
        add(CREATOR, CREATE, JsonObject.builder().put("room_version", "11").build());
        add(CREATOR, member(CREATOR), membership("join"));
        add(CREATOR, POWER_LEVELS, levels(moderators, 50));
        add(CREATOR, JOIN_RULES, JsonObject.builder().put("join_rule", "public").build());
    }

    static StateKeyTuple member(String user) {
        return new StateKeyTuple(MEMBER, user);
    }

    static JsonObject membership(String membership) {
        return JsonObject.builder().put("membership", membership).build();
    }

    /// The creator at 100, these users at a level of their own, and everybody else at 0.
    static JsonObject levels(List<String> users, int level) {
        var all = JsonObject.builder().put(CREATOR, 100);
        users.forEach(user -> all.put(user, level));
        return JsonObject.builder().put("users", all.build()).build();
    }

    void joined(String user) {
        add(user, member(user), membership("join"));
    }

    StateMap state() {
        return state;
    }

    /// Goes on from an earlier state, as on another branch.
    void returnTo(StateMap earlier) {
        state = earlier;
    }

    /// Makes a state event under the current state, which it becomes part of.
    Pdu add(String sender, StateKeyTuple key, JsonObject content) {
        var event = make(sender, key, content);
        events.put(event.id(), event);
        state = state.with(key, event.id());
        last = Optional.of(event);
        return event;
    }

    private Pdu make(String sender, StateKeyTuple key, JsonObject content) {
        var json =
                JsonObject.builder()
                        .put("type", key.type())
                        .put("state_key", key.stateKey())
                        .put("sender", sender)
                        .put("room_id", "!benchmark:origin")
                        .put("content", content)
                        .put("depth", 1 + events.size())
                        .put("origin_server_ts", time++)
                        .put("prev_events", ids(last.map(Pdu::id).stream().toList()))
                        .put("auth_events", ids(auth(sender, key)))
                        .put("hashes", JsonObject.builder().put("sha256", "").build())
                        .put("signatures", JsonObject.empty())
                        .build();
        return EventParser.event(RULES, json);
    }

    private List<EventId> auth(String sender, StateKeyTuple key) {
        var cited = new ArrayList<EventId>();
        if (!key.equals(CREATE)) {
            state.get(CREATE).ifPresent(cited::add);
            state.get(POWER_LEVELS).ifPresent(cited::add);
            state.get(member(sender)).ifPresent(cited::add);
        }
        if (key.type().equals(MEMBER)) {
            state.get(JOIN_RULES).ifPresent(cited::add);
            state.get(key).filter(target -> !cited.contains(target)).ifPresent(cited::add);
        }
        return cited;
    }

    private static JsonArray ids(List<EventId> ids) {
        var values = new ArrayList<JsonValue>(ids.size());
        ids.forEach(id -> values.add(new JsonString(id.value())));
        return new JsonArray(values);
    }

    @Override
    public Optional<Pdu> event(EventId id) {
        return Optional.ofNullable(events.get(id));
    }

    @Override
    public List<EventId> authEvents(EventId id) {
        return event(id).map(Pdu::authEvents).orElse(List.of());
    }

    @Override
    public Optional<StateKeyTuple> keyAtHand(EventId id) {
        return event(id).flatMap(Pdu::stateTuple);
    }

    @Override
    public boolean isRejected(EventId id) {
        return false;
    }
}
