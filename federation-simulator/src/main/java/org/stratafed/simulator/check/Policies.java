package org.stratafed.simulator.check;

import java.util.Collection;
import java.util.Optional;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.simulator.check.rules.RedactedForm;
import org.stratafed.simulator.check.rules.RoomState;
import org.stratafed.simulator.host.Simulation;

/// Whether a room's policy server has passed an event: the specification's text once more.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
final class Policies {

    private static final String TYPE = "m.room.policy";
    private static final KeyId KEY = new KeyId("ed25519:policy_server");

    private final Simulation simulation;
    private final RedactedForm redacted;

    Policies(Simulation simulation, RoomVersion version) {
        this.simulation = simulation;
        redacted = new RedactedForm(version);
    }

    /// @param members the memberships of that state
    boolean pass(Pdu event, RoomState state, Collection<Pdu> members) {
        if (event.isState(TYPE, "")) {
            return true;
        }
        var policy = state.event(TYPE, "").map(Pdu::content).orElse(JsonObject.empty());
        var via = policy.string("via").flatMap(ServerName::parse);
        var key = policy.object("public_keys").flatMap(keys -> keys.string("ed25519"));
        if (via.isEmpty()
                || key.isEmpty()
                || members.stream().noneMatch(it -> isIn(it, via.get()))) {
            return true;
        }
        return UnpaddedBase64.decodeEither(key.get())
                .map(bytes -> new VerifyKey(KEY, bytes))
                .filter(it -> isSigned(event, via.get(), it))
                .isPresent();
    }

    private boolean isSigned(Pdu event, ServerName server, VerifyKey key) {
        return JsonSigning.verify(redacted.of(event.json()), server, key, simulation.signatures());
    }

    private static boolean isIn(Pdu member, ServerName server) {
        return member.content().string("membership").equals(Optional.of("join"))
                && member.stateKey().filter(user -> user.endsWith(":" + server)).isPresent();
    }
}
