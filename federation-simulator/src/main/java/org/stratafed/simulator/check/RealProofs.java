package org.stratafed.simulator.check;

import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.simulator.check.rules.Proofs;
import org.stratafed.simulator.check.rules.RedactedForm;
import org.stratafed.simulator.host.Simulation;

/// Who signed what, by the keys that the virtual servers really have.
final class RealProofs implements Proofs {

    private final Simulation simulation;
    private final RedactedForm redacted;

    RealProofs(Simulation simulation, RoomVersion version) {
        this.simulation = simulation;
        this.redacted = new RedactedForm(version);
    }

    /// Of a server that isn't one of the simulation's, nobody knows the keys.
    @Override
    public boolean isSignedBy(Pdu event, ServerName server) {
        var known = simulation.find(server);
        if (known.isEmpty()) {
            return true;
        }
        var signed = redacted.of(event.json());
        return known.get().verifyKeys().stream()
                .anyMatch(key -> JsonSigning.verify(signed, server, key, simulation.signatures()));
    }

    @Override
    public boolean isSignedWith(JsonObject signed, String entity, VerifyKey key) {
        return ServerName.parse(entity)
                .filter(it -> JsonSigning.verify(signed, it, key, simulation.signatures()))
                .isPresent();
    }
}
