package org.stratafed.simulator.host;

import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimClock;

/// A participant in the network without an engine: it has a name and a key, signs what it asks, and
/// answers whatever it likes.
public final class Guest {

    private static final int PORT = 8_448;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Simulation simulation;
    private final ServerName name;
    private final SigningKey key;
    private final Lifetime lifetime;

    public Guest(Simulation simulation, ServerName name, SigningKey key) {
        this.simulation = simulation;
        this.name = name;
        this.key = key;
        lifetime = new Lifetime(simulation.time());
    }

    /// Can be found from now on, and answers so.
    public void listen(WireHandler answers) {
        simulation.network().register(name);
        simulation.network().listen(name, answers, lifetime);
    }

    /// What time it is there, in milliseconds since the epoch.
    public long now() {
        return SimClock.START.plus(simulation.time().now()).toEpochMilli();
    }

    /// A request to one of the endpoints, signed as it should be.
    public <Q> WireRequest request(SimServer to, Endpoint<Q, ?> endpoint, Q question) {
        var parts = endpoint.question().encode(question);
        return signed(endpoint.method(), target(endpoint, parts), to, parts.body());
    }

    public WireRequest signed(
            String method, String target, SimServer to, Optional<JsonObject> body) {
        return signer(name, key).signed(method, target, to.name(), body);
    }

    public RequestSigner signer(ServerName origin, SigningKey key) {
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
    public Uni<Reply> send(SimServer to, WireRequest request) {
        var host = to.name().host();
        var network = simulation.network();
        return network.names(lifetime)
                .addresses(host)
                .chain(addresses -> send(addresses, host, request))
                .chain(response -> whole(response));
    }

    private Uni<WireResponse> send(List<String> addresses, String host, WireRequest request) {
        return simulation
                .network()
                .wire(name, lifetime)
                .send(new Route(addresses.getFirst(), PORT, host, host), request, PATIENCE);
    }

    private static Uni<Reply> whole(WireResponse response) {
        return whole(response.body()).map(bytes -> new Reply(response.status(), bytes));
    }

    private static Uni<byte[]> whole(WireBody body) {
        return append(body, new ByteArrayOutputStream());
    }

    private static Uni<byte[]> append(WireBody body, ByteArrayOutputStream all) {
        return body.next()
                .chain(
                        chunk -> {
                            if (chunk.isEmpty()) {
                                return Uni.createFrom().item(all.toByteArray());
                            }
                            all.writeBytes(chunk.get());
                            return append(body, all);
                        });
    }
}
