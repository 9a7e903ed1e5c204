package org.stratafed.server.engine.transport.discovery;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.NameResolver;
import org.stratafed.api.spi.Route;
import org.stratafed.server.engine.transport.wire.Attempts;

/// Host and port as routes: one for each address of the host that requests may go to.
public final class Addresses {

    private static final int PORT_MAX = 65_535;

    private final NameResolver names;
    private final AddressPolicy policy;

    public Addresses(NameResolver names, AddressPolicy policy) {
        this.names = names;
        this.policy = policy;
    }

    /// The routes to a host, at least one. The `Host` header is the name as it stands; the
    /// certificate must be the host's. Fails with [RemoteFailure.Unreachable] if there is none.
    public Uni<List<Route>> of(ServerName name, int defaultPort) {
        int port = name.port().orElse(defaultPort);
        if (port == 0 || port > PORT_MAX) {
            return Uni.createFrom().failure(unreachable(name, "has no such port"));
        }
        var host = unbracketed(name.host());
        var addresses =
                name.isIpLiteral() ? Uni.createFrom().item(List.of(host)) : names.addresses(host);
        return addresses.map(
                found ->
                        permitted(name, found).stream()
                                .map(address -> new Route(address, port, host, name.value()))
                                .toList());
    }

    private List<String> permitted(ServerName name, List<String> found) {
        if (found.isEmpty()) {
            throw unreachable(name, "has no address");
        }
        var permitted =
                found.stream().filter(policy::permits).limit(Attempts.ADDRESSES_MAX).toList();
        if (permitted.isEmpty()) {
            throw unreachable(name, "has no public address");
        }
        return permitted;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static RemoteFailure unreachable(ServerName name, String why) {
        return new RemoteFailure.Unreachable(name + " " + why);
    }
}
