package org.stratafed.server.engine.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transaction.ManualLoop;

/// A network on which somebody answers at the addresses they are told to, and nobody elsewhere.
public final class ScriptedWire implements Wire {

    private final ManualLoop loop;
    private final SequencedMap<String, Function<WireRequest, WireResponse>> peers =
            new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    public record Sent(Route route, WireRequest request) {

        @Override
        public String toString() {
            var address = route.address() + ':' + route.port();
            return address + ' ' + route.hostHeader() + request.target();
        }
    }

    public ScriptedWire(ManualLoop loop) {
        this.loop = loop;
    }

    /// @param endpoint an address, a colon, and a port
    public ScriptedWire at(String endpoint, Function<WireRequest, WireResponse> peer) {
        peers.put(endpoint, peer);
        return this;
    }

    public List<Sent> sent() {
        return sent;
    }

    @Override
    public Uni<WireResponse> send(Route route, WireRequest request, Duration timeout) {
        return loop.later(
                () -> {
                    sent.add(new Sent(route, request));
                    var peer = peers.get(route.address() + ':' + route.port());
                    if (peer == null) {
                        throw new RemoteFailure.Unreachable("nobody at " + route.address());
                    }
                    return peer.apply(request);
                });
    }

    public static WireResponse response(int status, String body, String... headers) {
        var lines = new ArrayList<WireHeader>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new WireHeader(headers[i], headers[i + 1]));
        }
        return new WireResponse(status, lines, WireBody.of(body.getBytes(UTF_8)));
    }
}
