package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.spi.Signatures;

/// What a decision may look at beside the room: who we are, and what time it is.
///
/// @param now milliseconds since the epoch, the same for the whole decision
record Deciding(LocalServer server, Signatures signatures, long now) {}
