package org.stratafed.simulator.network;

/// Who wants to know what passes through the network, in the very step in which it does.
public interface NetworkListener {

    /// A request was handed to the network.
    void onSent(Exchange exchange);

    /// A request, or a second copy of it, reached its server.
    void onArrived(Exchange exchange);

    /// The server has answered a copy of the request; whether that gets back is another matter.
    void onAnswered(Exchange exchange, int status, byte[] body);

    /// The one who asked knows how it ended: with a status, or with a failure (0).
    void onEnded(Exchange exchange, int status);
}
