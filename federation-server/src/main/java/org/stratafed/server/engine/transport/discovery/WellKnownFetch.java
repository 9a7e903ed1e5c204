package org.stratafed.server.engine.transport.discovery;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.wire.Attempts;
import org.stratafed.server.engine.transport.wire.BoundedBody;
import org.stratafed.server.engine.transport.wire.Deadline;

/// Asks a host for its delegation document. It is read as JSON whatever type it is said to be of.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver">
///     GET /.well-known/matrix/server</a>
final class WellKnownFetch {

    static final String TARGET = "/.well-known/matrix/server";

    private static final int REDIRECTS_MAX = 10;
    private static final int BODY_BYTES_MAX = 64 << 10;
    private static final int HTTPS_PORT = 443;

    private static final Duration LIFETIME_DEFAULT = Duration.ofHours(24);
    private static final Duration LIFETIME_MIN = Duration.ofMinutes(5);
    private static final Duration LIFETIME_MAX = Duration.ofHours(48);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIME_MAX = Duration.ofSeconds(30);

    private final Wire wire;
    private final Addresses addresses;
    private final InstantSource clock;

    WellKnownFetch(Wire wire, Addresses addresses, InstantSource clock) {
        this.wire = wire;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Never fails because of the peer.
    Uni<Delegation> fetch(ServerName host) {
        return get(new HttpsUrl(host, TARGET), 0, Deadline.in(clock, TIME_MAX))
                .onFailure(RemoteFailure.class)
                .recoverWithItem(WellKnownFetch::failed);
    }

    private Uni<Delegation> get(HttpsUrl url, int redirects, Deadline deadline) {
        var request =
                new WireRequest(
                        "GET",
                        url.target(),
                        List.of(new WireHeader("Accept", "application/json")),
                        WireRequest.NO_BODY);
        var attempts = new Attempts(wire, request, REQUEST_TIMEOUT, deadline);
        return addresses
                .of(url.authority(), HTTPS_PORT)
                .flatMap(attempts::over)
                .flatMap(response -> understood(url, response, redirects, deadline));
    }

    private Uni<Delegation> understood(
            HttpsUrl url, WireResponse response, int redirects, Deadline deadline) {
        return switch (response.status()) {
            case 200 ->
                    BoundedBody.read(response.body(), BODY_BYTES_MAX, deadline)
                            .map(body -> document(body, response));
            case 301, 302, 303, 307, 308 -> {
                response.body().discard();
                yield redirected(url, response, redirects, deadline);
            }
            default -> {
                response.body().discard();
                yield Uni.createFrom().item(new Delegation.None());
            }
        };
    }

    private Uni<Delegation> redirected(
            HttpsUrl url, WireResponse response, int redirects, Deadline deadline) {
        var next = response.headerValues("Location").stream().findFirst().flatMap(url::resolve);
        if (next.isEmpty() || redirects == REDIRECTS_MAX) {
            return Uni.createFrom().item(new Delegation.None());
        }
        return deadline.hasPassed()
                ? Uni.createFrom().item(new Delegation.Unknown())
                : get(next.get(), redirects + 1, deadline);
    }

    private static Delegation document(byte[] body, WireResponse response) {
        var lifetime =
                CacheControl.lifetime(
                        response.headerValues("Cache-Control"),
                        LIFETIME_DEFAULT,
                        LIFETIME_MIN,
                        LIFETIME_MAX);
        return server(body)
                .<Delegation>map(server -> new Delegation.To(server, lifetime))
                .orElseGet(Delegation.None::new);
    }

    private static Optional<ServerName> server(byte[] body) {
        try {
            return JsonReader.readObject(body).string("m.server").flatMap(ServerName::parse);
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    private static Delegation failed(Throwable failure) {
        return failure instanceof RemoteFailure.Garbled
                ? new Delegation.None()
                : new Delegation.Unknown();
    }
}
