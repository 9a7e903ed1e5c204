package org.stratafed.server.engine.pdu.policy;

import org.stratafed.api.model.id.ServerName;

/// What a policy server that was asked about an event said to that, in the end.
public sealed interface PolicyAnswer {

    ServerName by();

    /// It lets the event pass, if the signature proves that.
    record Signature(ServerName by, String base64) implements PolicyAnswer {}

    /// It doesn't, or could not be asked.
    record Refusal(ServerName by, String reason) implements PolicyAnswer {}
}
