package org.stratafed.server.engine.transport.wire;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

/// A request to somebody who has several addresses: each is tried in turn, until with one a
/// connection comes about. What went wrong later than that would go wrong elsewhere too, and the
/// request may have taken effect.
public final class Attempts {

    /// Of one name. Who has more can be reached by these or not at all.
    public static final int ADDRESSES_MAX = 8;

    private final Wire wire;
    private final WireRequest request;
    private final Duration timeout;
    private final Deadline deadline;

    public Attempts(Wire wire, WireRequest request, Duration timeout, Deadline deadline) {
        this.wire = wire;
        this.request = request;
        this.timeout = timeout;
        this.deadline = deadline;
    }

    /// The response's head. `routes` has at least one.
    public Uni<WireResponse> over(List<Route> routes) {
        return wire.send(routes.getFirst(), request, timeout)
                .onFailure(RemoteFailure.Unreachable.class)
                .recoverWithUni(
                        failure ->
                                routes.size() == 1 || deadline.hasPassed()
                                        ? Uni.createFrom().failure(failure)
                                        : over(routes.subList(1, routes.size())));
    }
}
