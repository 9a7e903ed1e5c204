package org.stratafed.api.model.room;

import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;

/// The state of a room at one point, with its events, ordered by key.
public record RoomState(RoomId room, RoomVersion version, SequencedMap<StateKeyTuple, Pdu> events) {

    public Optional<Pdu> event(String type, String stateKey) {
        return Optional.ofNullable(events.get(new StateKeyTuple(type, stateKey)));
    }
}
