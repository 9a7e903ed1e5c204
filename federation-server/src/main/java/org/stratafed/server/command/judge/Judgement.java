package org.stratafed.server.command.judge;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.CodePoints;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateMap;

/// What became of a room's events, where it ends, and the state there.
record Judgement(List<JudgedEvent> events, List<EventId> forwardExtremities, StateMap state) {

    JsonObject json() {
        var ends = forwardExtremities.stream().map(EventId::value).sorted(CodePoints::compare);
        return JsonObject.builder()
                .put("events", JsonArray.of(events.stream().map(JudgedEvent::json).toList()))
                .put("forward_extremities", JsonArray.ofStrings(ends.toList()))
                .put("state", list(state))
                .build();
    }

    /// `[[type, state key, event id], …]`, sorted by code point.
    static JsonArray list(StateMap state) {
        var sorted = new TreeMap<StateKeyTuple, EventId>();
        state.forEach(sorted::put);
        var entries = new ArrayList<JsonArray>();
        sorted.forEach(
                (key, event) ->
                        entries.add(
                                JsonArray.ofStrings(
                                        List.of(key.type(), key.stateKey(), event.value()))));
        return JsonArray.of(entries);
    }

    /// In hexadecimal, of the canonical JSON of the state as a list.
    static String sha256(StateMap state) {
        return hex(CanonicalJson.encode(list(state)));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest(bytes));
    }
}
