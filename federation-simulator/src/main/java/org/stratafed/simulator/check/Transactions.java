package org.stratafed.simulator.check;

import org.stratafed.simulator.network.Exchange;

/// The exchanges that checks look at.
final class Transactions {

    private Transactions() {}

    static boolean isOne(Exchange exchange) {
        return exchange.path().startsWith("/_matrix/federation/v1/send/");
    }
}
