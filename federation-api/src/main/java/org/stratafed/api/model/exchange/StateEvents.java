package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.event.RawPdu;

/// The state before an event, and the auth chain of all of it, in full.
public record StateEvents(List<RawPdu> state, List<RawPdu> authChain) {}
