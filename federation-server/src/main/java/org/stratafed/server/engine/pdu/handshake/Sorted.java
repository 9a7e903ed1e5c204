package org.stratafed.server.engine.pdu.handshake;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// The sound events of a room that was sent as an auth chain followed by its state.
record Sorted(List<Pdu> authChain, List<Pdu> state) {

    static Sorted of(List<ReceivedPdu> received, int chainLength, RoomId room) {
        return new Sorted(
                sound(received.subList(0, chainLength), room),
                sound(received.subList(chainLength, received.size()), room));
    }

    private static List<Pdu> sound(List<ReceivedPdu> received, RoomId room) {
        var events = new ArrayList<Pdu>(received.size());
        for (var pdu : received) {
            switch (pdu) {
                case ReceivedPdu.Sound(var sound, _) -> {
                    if (sound.roomId().equals(room)) {
                        events.add(sound);
                    }
                }
                case ReceivedPdu.Refused _ -> {}
            }
        }
        return events;
    }
}
