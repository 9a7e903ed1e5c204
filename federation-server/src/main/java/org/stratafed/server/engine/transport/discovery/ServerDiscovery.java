package org.stratafed.server.engine.transport.discovery;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.NameResolver;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Wire;

/// Finds out where a server is, and what name its certificate has to be for.
///
/// Steps 1, 2, 3.1, 3.2, 3.5 and 6 of the specification are here. SRV records (3.3, 3.4, 4 and 5)
/// aren't looked up yet, since [NameResolver] doesn't have them.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names">Resolving
///     server names</a>
public final class ServerDiscovery {

    private static final int MATRIX_PORT = 8448;

    private final Addresses addresses;
    private final WellKnown wellKnown;

    public ServerDiscovery(
            Wire wire, NameResolver names, AddressPolicy policy, InstantSource clock) {
        addresses = new Addresses(names, policy);
        wellKnown = new WellKnown(new WellKnownFetch(wire, addresses, clock), clock);
    }

    /// The ways to the server, at least one, best first. Fails with [RemoteFailure.Unreachable] if
    /// there is none.
    public Uni<List<Route>> routes(ServerName server) {
        // 1 and 2: an address, or a name with a port, is where it says.
        if (isAnAddressOrHasAPort(server)) {
            return addresses.of(server, MATRIX_PORT);
        }
        // 3: the name may have delegated to another, whose own delegation doesn't count.
        return wellKnown
                .delegated(server)
                .flatMap(
                        delegated ->
                                delegated.map(this::atDelegated).orElseGet(() -> atName(server)));
    }

    private Uni<List<Route>> atDelegated(ServerName server) {
        // 3.1 and 3.2
        return isAnAddressOrHasAPort(server) ? addresses.of(server, MATRIX_PORT) : atName(server);
    }

    /// A name without a port. Its SRV records come first, once they can be looked up: they lead to
    /// other addresses and another port, while certificate and `Host` header stay the name's.
    private Uni<List<Route>> atName(ServerName name) {
        // 3.5 and 6
        return addresses.of(name, MATRIX_PORT);
    }

    private static boolean isAnAddressOrHasAPort(ServerName server) {
        return server.isIpLiteral() || server.port().isPresent();
    }
}
