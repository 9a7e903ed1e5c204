package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.event.Citations;
import org.stratafed.server.engine.pdu.event.EventParser;

/// A room as a hostile peer was told of it when it joined, its join included.
///
/// @param all the events of the state and of its auth chain
record RoomView(
        RoomVersionRules rules, Pdu join, Map<StateKeyTuple, Pdu> state, Map<EventId, Pdu> all) {

    static RoomView of(RoomVersionRules rules, Pdu join, SendJoinAnswer answer) {
        var all = new LinkedHashMap<EventId, Pdu>();
        answer.authChain().forEach(raw -> add(all, rules, raw));
        var state = new LinkedHashMap<StateKeyTuple, Pdu>();
        for (var raw : answer.state()) {
            var event = add(all, rules, raw);
            event.stateTuple().ifPresent(key -> state.put(key, event));
        }
        state.put(join.stateTuple().orElseThrow(), join);
        all.put(join.id(), join);
        return new RoomView(rules, join, state, all);
    }

    private static Pdu add(Map<EventId, Pdu> all, RoomVersionRules rules, RawPdu raw) {
        var event = EventParser.event(rules, raw.json());
        all.put(event.id(), event);
        return event;
    }

    /// The same with an event in its place in the state, as if it had been sent since.
    RoomView with(Pdu event) {
        var later = new LinkedHashMap<>(state);
        event.stateTuple().ifPresent(key -> later.put(key, event));
        var more = new LinkedHashMap<>(all);
        more.put(event.id(), event);
        return new RoomView(rules, join, later, more);
    }

    Optional<Pdu> state(StateKeyTuple key) {
        return Optional.ofNullable(state.get(key));
    }

    JsonObject content(String type) {
        return state(new StateKeyTuple(type, "")).map(Pdu::content).orElse(JsonObject.empty());
    }

    Pdu create() {
        return state.get(new StateKeyTuple("m.room.create", ""));
    }

    /// Who made the room, and may do everything in it.
    UserId creator() {
        return create().sender();
    }

    List<JsonObject> events() {
        return all.values().stream().map(Pdu::json).toList();
    }

    /// Events as the room version cites them. Where hashes stand beside their IDs, nobody looks at
    /// those.
    JsonArray cite(List<EventId> ids) {
        return Citations.cite(rules, ids, _ -> JsonObject.empty());
    }

    /// The state as of before the peer's own join.
    List<Pdu> stateBefore() {
        var before = new ArrayList<>(state.values());
        before.remove(join);
        return before;
    }
}
