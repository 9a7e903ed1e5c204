package org.stratafed.simulator.check.rules;

import org.stratafed.api.model.event.Pdu;

/// An event that another one has in its `auth_events`, and whether it was rejected.
public record CitedEvent(Pdu event, boolean isRejected) {}
