package org.stratafed.api.spi.store;

import org.stratafed.api.model.event.PduOutcome.Wait;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;

/// An event that passed its format, hash and signature checks and waits for something.
///
/// @param origin the server that sent it, which is asked first for what is missing
public record StagedEvent(EventId id, ServerName origin, Wait reason, RawPdu pdu) {}
