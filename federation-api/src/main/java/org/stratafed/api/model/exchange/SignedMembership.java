package org.stratafed.api.model.exchange;

import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;

/// A completed membership event, and what the request's path says it is.
public record SignedMembership(RoomId room, EventId event, RawPdu pdu) {}
