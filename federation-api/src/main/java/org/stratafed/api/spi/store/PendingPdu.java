package org.stratafed.api.spi.store;

import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// An event in the outbox log, at its position there.
public record PendingPdu(long position, RoomId room, EventId event, RawPdu pdu) {}
