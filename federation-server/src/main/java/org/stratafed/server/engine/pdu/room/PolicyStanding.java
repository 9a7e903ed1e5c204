package org.stratafed.server.engine.pdu.room;

import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.ServerName;

/// Where an event stands with the room's policy server.
public sealed interface PolicyStanding {

    /// The room has none, or it is never asked about such events, or it has signed this one.
    ///
    /// @param event with its signature, if that was fetched
    record Passed(Pdu event) implements PolicyStanding {}

    /// It was asked, and does not let the event pass.
    record Refused(Refusal refusal) implements PolicyStanding {}

    /// It has to be asked.
    record Unsigned(ServerName by) implements PolicyStanding {}
}
