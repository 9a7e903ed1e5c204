package org.stratafed.server.engine.transaction.outbound;

import static org.stratafed.server.engine.transaction.TestWorld.LOCAL;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transaction.TestWorld;

/// What the tests of outgoing transactions have in common: a world, the service in it, and words
/// for what they do with the two.
abstract class OutboundScenario {

    final TestWorld world = new TestWorld();

    OutboundTransactions outbound;

    @BeforeEach
    void start() {
        outbound = new OutboundTransactions(world.environment(), LOCAL, world.transport);
    }

    void send(ServerName destination, int count) {
        world.outbox.add(destination, count);
        wake(destination);
    }

    void wake(ServerName... destinations) {
        outbound.wake(set(destinations));
        world.loop.run();
    }

    void restart() {
        start();
        outbound.start();
        world.loop.run();
    }

    void acceptLast() {
        world.transport.last().accept();
        world.loop.run();
    }

    void acceptAll() {
        while (!world.transport.open().isEmpty()) {
            world.transport.open().getFirst().accept();
            world.loop.run();
        }
    }

    String bytes(int index) {
        var transaction = world.transport.asked().get(index).transaction();
        var parts = SendTransaction.ENDPOINT.question().encode(transaction);
        return parts.path() + " " + parts.body().orElseThrow();
    }

    static LinkedHashSet<ServerName> set(ServerName... servers) {
        return new LinkedHashSet<>(List.of(servers));
    }

    static List<Long> positions(Transaction transaction) {
        return transaction.pdus().stream()
                .map(pdu -> pdu.json().integer("position").orElseThrow())
                .toList();
    }
}
