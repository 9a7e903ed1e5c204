package org.stratafed.server.engine.pdu.arrival;

import org.stratafed.api.model.event.RawPdu;

/// An event of a room that is being sent to us, as it came.
///
/// @param isState whether it was sent as one of the state, and not just of its auth chain
record SentEvent(RawPdu raw, boolean isState) {}
