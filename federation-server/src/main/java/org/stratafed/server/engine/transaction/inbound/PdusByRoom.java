package org.stratafed.server.engine.transaction.inbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.RoomId;

/// The events of a transaction by the room they say they are of. The order within each room is
/// the transaction's.
///
/// @param roomless those that name no room. The create event of a room from version 12 on is such
///     by design; nobody has a use for one that is pushed, since a room is entered by joining it
record PdusByRoom(SequencedMap<RoomId, List<RawPdu>> rooms, List<RawPdu> roomless) {

    static PdusByRoom of(List<RawPdu> pdus) {
        var rooms = new LinkedHashMap<RoomId, List<RawPdu>>();
        var roomless = new ArrayList<RawPdu>();
        for (RawPdu pdu : pdus) {
            room(pdu)
                    .map(room -> rooms.computeIfAbsent(room, _ -> new ArrayList<>()))
                    .orElse(roomless)
                    .add(pdu);
        }
        return new PdusByRoom(rooms, roomless);
    }

    private static Optional<RoomId> room(RawPdu pdu) {
        return pdu.json().string("room_id").flatMap(RoomId::parse);
    }
}
