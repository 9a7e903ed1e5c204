package org.stratafed.server.engine.pdu.handshake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// The sound events of a room that was sent as an auth chain followed by its state.
record Sorted(List<Pdu> authChain, List<Pdu> state) {

    /// @param join what they come before: it is not among them, whatever is sent
    static Sorted of(List<ReceivedPdu> received, int chainLength, Pdu join) {
        return new Sorted(
                sound(received.subList(0, chainLength), join),
                sound(received.subList(chainLength, received.size()), join));
    }

    private static List<Pdu> sound(List<ReceivedPdu> received, Pdu join) {
        var events = new ArrayList<Pdu>(received.size());
        for (var pdu : received) {
            switch (pdu) {
                case ReceivedPdu.Sound(var sound, _) -> {
                    if (sound.roomId().equals(join.roomId()) && !sound.id().equals(join.id())) {
                        events.add(sound);
                    }
                }
                case ReceivedPdu.Refused _ -> {}
            }
        }
        return events;
    }

    /// What the state has more than one event for, if there is such a thing: then it is no state.
    Optional<StateKeyTuple> toldTwice() {
        var told = new LinkedHashMap<StateKeyTuple, EventId>();
        for (var event : state) {
            var key = event.stateTuple();
            if (key.isPresent()) {
                var other = told.put(key.get(), event.id());
                if (other != null && !other.equals(event.id())) {
                    return key;
                }
            }
        }
        return Optional.empty();
    }
}
