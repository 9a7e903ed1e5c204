package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.EventId;

/// The state before an event, and the auth chain of all of it, by id.
public record StateIds(List<EventId> state, List<EventId> authChain) {}
