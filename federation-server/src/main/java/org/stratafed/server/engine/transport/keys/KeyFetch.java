package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.outgoing.Patience;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;
import org.stratafed.server.engine.transport.outgoing.WholeAnswer;

/// Asks a server for its keys.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#get_matrixkeyv2server">
///     GET /_matrix/key/v2/server</a>
public final class KeyFetch {

    private static final int ANSWER_BYTES_MAX = 64 << 10;

    private static final WireRequest REQUEST =
            new WireRequest(
                    "GET",
                    "/_matrix/key/v2/server",
                    List.of(new WireHeader("Accept", "application/json")),
                    WireRequest.NO_BODY);

    private final ServerExchange exchange;
    private final Compute compute;
    private final Signatures signatures;
    private final InstantSource clock;

    public KeyFetch(
            ServerExchange exchange, Compute compute, Signatures signatures, InstantSource clock) {
        this.exchange = exchange;
        this.compute = compute;
        this.signatures = signatures;
        this.clock = clock;
    }

    /// @param keys those proved, at least one
    /// @param said the answer as it was signed
    record Fetched(List<ServerKey> keys, SignedKeys said) {}

    /// The keys that the server has proved to be its own, at least one. Fails with a
    /// [RemoteFailure].
    Uni<Fetched> fetch(ServerName server) {
        return exchange.send(server, REQUEST, Patience.KEYS, ANSWER_BYTES_MAX)
                .flatMap(
                        answer -> {
                            var now = clock.millis();
                            return compute.run(() -> keys(server, answer, now));
                        });
    }

    private Fetched keys(ServerName server, WholeAnswer answer, long now) {
        if (!answer.isSuccess()) {
            throw new RemoteFailure.Garbled("no keys, but status " + answer.status());
        }
        try {
            var json = JsonReader.readObject(answer.body());
            var keys = KeyAnswer.keys(json, server, signatures, now);
            return new Fetched(keys, new SignedKeys(json, now));
        } catch (MalformedJsonException | IllegalArgumentException malformed) {
            throw new RemoteFailure.Garbled("no valid keys: " + malformed.getMessage());
        }
    }
}
