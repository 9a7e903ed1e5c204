package org.stratafed.simulator.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.network.Exchange;

/// Whoever sends a transaction again, byte for byte, gets the answer that was given before, however
/// often and whenever that is.
final class SameAnswer implements Observer {

    private final Violations violations;
    private final Map<Question, byte[]> answers = new LinkedHashMap<>();

    /// One of each: to whom a transaction goes, an answer is the same for many.
    private final Map<Digest, byte[]> bodies = new LinkedHashMap<>();

    private record Question(ServerName to, String path, long body) {}

    SameAnswer(Violations violations) {
        this.violations = violations;
    }

    /// It doesn't know any more what it has answered.
    @Override
    public void onRestore(SimServer server) {
        answers.keySet().removeIf(question -> question.to().equals(server.name()));
    }

    @Override
    public void onAnswered(Exchange exchange, int status, byte[] body) {
        if (status != 200 || !Transactions.isOne(exchange)) {
            return;
        }
        var question =
                new Question(
                        exchange.to(), exchange.path(), Trace.hashOf(exchange.request().body()));
        var kept = bodies.computeIfAbsent(Digest.of(body), _ -> body);
        var before = answers.putIfAbsent(question, kept);
        if (before != null && !Arrays.equals(before, body)) {
            violations.add(
                    "%s was answered %s and then %s"
                            .formatted(exchange, Bytes.text(before), Bytes.text(body)));
        }
    }
}
