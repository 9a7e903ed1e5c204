package org.stratafed.server.engine.pdu.auth;

import org.stratafed.api.model.event.Pdu;

/// An event that another one cites in its `auth_events`, and whether it was itself rejected.
public record CitedAuthEvent(Pdu event, boolean rejected) {}
