package org.stratafed.api.model.exchange;

import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;

/// The answer to a transaction: per event nothing, or the reason why it was not taken.
public record TransactionResponse(SequencedMap<EventId, Optional<String>> pdus) {}
