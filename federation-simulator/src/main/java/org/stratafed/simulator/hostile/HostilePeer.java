package org.stratafed.simulator.hostile;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.simulator.host.Guest;
import org.stratafed.simulator.host.Reply;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;

/// A participant in the network that no engine keeps in order: it has a name, keys of its own, a
/// user for each attack, and says whatever it likes to whoever asks.
final class HostilePeer {

    private final Simulation simulation;
    private final ServerName name;
    private final SigningKey key;
    private final SigningKey expiredKey;
    private final Guest guest;
    private final Answers answers;
    private final MustNotStand mustNotStand;

    HostilePeer(Simulation simulation, ServerName name) {
        this.simulation = simulation;
        this.name = name;
        key = makeKey("current");
        expiredKey = makeKey("expired");
        guest = new Guest(simulation, name, key);
        answers = new Answers(this);
        mustNotStand = new MustNotStand(simulation.violations());
        simulation.observe(mustNotStand);
        guest.listen(answers);
    }

    /// The same in every run.
    SigningKey makeKey(String id) {
        var secret = name + " has no good in mind, " + id;
        return new SigningKey(
                new KeyId("ed25519:" + id), Sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    Simulation simulation() {
        return simulation;
    }

    ServerName name() {
        return name;
    }

    SigningKey key() {
        return key;
    }

    /// One that went out of use before the first event was made.
    SigningKey expiredKey() {
        return expiredKey;
    }

    Answers answers() {
        return answers;
    }

    /// Events that no honest server may take for good.
    MustNotStand mustNotStand() {
        return mustNotStand;
    }

    /// The time that it would honestly say it is, in milliseconds since the epoch.
    long now() {
        return guest.now();
    }

    /// A request to one of the endpoints, signed as it should be.
    <Q> WireRequest request(SimServer to, Endpoint<Q, ?> endpoint, Q question) {
        return guest.request(to, endpoint, question);
    }

    WireRequest signed(String method, String target, SimServer to, Optional<JsonObject> body) {
        return guest.signed(method, target, to, body);
    }

    RequestSigner signer(ServerName origin, SigningKey key) {
        return guest.signer(origin, key);
    }

    /// Sends a request as it is. Fails if there is no answer.
    Uni<Reply> send(SimServer to, WireRequest request) {
        return guest.send(to, request);
    }
}
