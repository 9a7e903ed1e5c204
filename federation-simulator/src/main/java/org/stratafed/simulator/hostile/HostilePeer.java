package org.stratafed.simulator.hostile;

import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimClock;

/// A participant in the network that no engine keeps in order: it has a name, keys of its own, a
/// user for each attack, and says whatever it likes to whoever asks.
final class HostilePeer {

    private static final int PORT = 8_448;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Simulation simulation;
    private final ServerName name;
    private final SigningKey key;
    private final SigningKey expiredKey;
    private final Lifetime lifetime;
    private final Answers answers;
    private final MustNotStand mustNotStand;

    HostilePeer(Simulation simulation, ServerName name) {
        this.simulation = simulation;
        this.name = name;
        key = makeKey("current");
        expiredKey = makeKey("expired");
        lifetime = new Lifetime(simulation.time());
        answers = new Answers(this);
        mustNotStand = new MustNotStand(simulation.violations());
        simulation.observe(mustNotStand);
        simulation.network().register(name);
        simulation.network().listen(name, answers, lifetime);
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
        return SimClock.START.plus(simulation.time().now()).toEpochMilli();
    }

    /// A request to one of the endpoints, signed as it should be.
    <Q> WireRequest request(SimServer to, Endpoint<Q, ?> endpoint, Q question) {
        var parts = endpoint.question().encode(question);
        return signed(endpoint.method(), target(endpoint, parts), to, parts.body());
    }

    WireRequest signed(String method, String target, SimServer to, Optional<JsonObject> body) {
        return signer(name, key).signed(method, target, to.name(), body);
    }

    RequestSigner signer(ServerName origin, SigningKey key) {
        return new RequestSigner(origin, key, simulation.signatures());
    }

    private static String target(Endpoint<?, ?> endpoint, RequestParts parts) {
        var target = new StringBuilder(endpoint.path().expand(parts.path()));
        char separator = '?';
        for (var parameter : parts.query()) {
            target.append(separator)
                    .append(PercentCoding.encode(parameter.name()))
                    .append('=')
                    .append(PercentCoding.encode(parameter.value()));
            separator = '&';
        }
        return target.toString();
    }

    /// Sends a request as it is. Fails if there is no answer.
    Uni<Reply> send(SimServer to, WireRequest request) {
        var host = to.name().host();
        var network = simulation.network();
        return network.names(lifetime)
                .addresses(host)
                .chain(addresses -> send(addresses, host, request))
                .chain(HostilePeer::whole);
    }

    private Uni<WireResponse> send(List<String> addresses, String host, WireRequest request) {
        return simulation
                .network()
                .wire(name, lifetime)
                .send(new Route(addresses.getFirst(), PORT, host, host), request, PATIENCE);
    }

    private static Uni<Reply> whole(WireResponse response) {
        return append(response, new ByteArrayOutputStream())
                .map(bytes -> new Reply(response.status(), bytes));
    }

    private static Uni<byte[]> append(WireResponse response, ByteArrayOutputStream all) {
        return response.body()
                .next()
                .chain(
                        chunk -> {
                            if (chunk.isEmpty()) {
                                return Uni.createFrom().item(all.toByteArray());
                            }
                            all.writeBytes(chunk.get());
                            return append(response, all);
                        });
    }
}
