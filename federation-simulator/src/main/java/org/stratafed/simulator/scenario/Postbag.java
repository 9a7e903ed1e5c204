package org.stratafed.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.network.Link;

/// The last transaction that each server got another to accept, to be sent again.
final class Postbag implements Observer {

    private final Map<Link, Delivery> last = new LinkedHashMap<>();

    /// @param answer the body that it was answered with
    record Delivery(Exchange exchange, byte[] answer) {}

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        if (Stage.isTransaction(exchange) && status == 200) {
            last.put(exchange.link(), new Delivery(exchange, body.clone()));
        }
    }

    Optional<Delivery> last(Link link) {
        return Optional.ofNullable(last.get(link));
    }
}
