package org.stratafed.simulator.check.rules;

import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// Who signed what.
public interface Proofs {

    /// Whether the event is validly signed by that homeserver.
    boolean isSignedBy(Pdu event, ServerName server);

    /// Whether the object is validly signed, by whomever, with that key.
    boolean isSignedWith(JsonObject signed, String entity, VerifyKey key);
}
