package org.stratafed.server.engine.transport.outgoing;

import java.time.Duration;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.GetState;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;

/// How long another server may take.
///
/// @param silence to its response's head, and from one part of the body to the next
/// @param whole for one request in all
public record Patience(Duration silence, Duration whole) {

    /// For a question that has a quick answer.
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(90));

    /// For a server's keys: others wait for them to be checked.
    public static final Patience KEYS =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20));

    /// A peer answers when it has decided on all events, and may have to fetch others first.
    private static final Patience TRANSACTION =
            new Patience(Duration.ofSeconds(60), Duration.ofSeconds(120));

    /// A large room's state takes a peer minutes to put together, and minutes to send.
    private static final Patience ROOM =
            new Patience(Duration.ofMinutes(5), Duration.ofMinutes(20));

    public static Patience with(Endpoint<?, ?> endpoint) {
        if (endpoint == SendJoin.ENDPOINT
                || endpoint == GetState.ENDPOINT
                || endpoint == GetStateIds.ENDPOINT) {
            return ROOM;
        }
        return endpoint == SendTransaction.ENDPOINT ? TRANSACTION : USUAL;
    }
}
