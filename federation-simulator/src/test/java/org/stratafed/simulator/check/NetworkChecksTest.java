package org.stratafed.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.scenario.Scenario;

/// Each of the checks that look at what passes through the network, made to fire by exchanges that
/// no engine should have.
class NetworkChecksTest {

    private static final ServerName ALPHA = new ServerName("alpha");
    private static final ServerName BETA = new ServerName("beta");

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());
    private final TransactionDiscipline discipline = new TransactionDiscipline(simulation);
    private long exchanges;

    NetworkChecksTest() {
        simulation.add(ALPHA);
        simulation.add(BETA);
    }

    private Exchange transaction(ServerName from, String id, String body) {
        var request =
                new WireRequest(
                        "PUT",
                        "/_matrix/federation/v1/send/" + id,
                        List.of(),
                        body.getBytes(UTF_8));
        return new Exchange(exchanges++, from, BETA, request);
    }

    private static String body(int pdus) {
        return IntStream.range(0, pdus)
                .mapToObj(_ -> "{}")
                .collect(Collectors.joining(",", "{\"pdus\":[", "]}"));
    }

    private List<String> found() {
        return simulation.violations().texts();
    }

    @Test
    void aSecondTransactionBeforeTheFirstHasEndedIsNoticed() {
        var first = transaction(ALPHA, "t1", body(1));
        discipline.onSent(first);
        discipline.onEnded(first, 200);
        discipline.onSent(transaction(ALPHA, "t2", body(1)));
        assertThat(found()).isEmpty();

        discipline.onSent(transaction(ALPHA, "t3", body(1)));

        assertThat(found()).singleElement().asString().contains("two transactions in flight");
    }

    @Test
    void aTransactionSentAgainWithAnotherContentIsNoticed() {
        var first = transaction(ALPHA, "t1", body(1));
        discipline.onSent(first);
        discipline.onEnded(first, 0);

        discipline.onSent(transaction(ALPHA, "t1", body(2)));

        assertThat(found()).singleElement().asString().contains("another content");
    }

    @Test
    void aTransactionThatIsTooLargeOrEmptyIsNoticed() {
        for (int pdus : new int[] {50, 51, 0}) {
            var transaction = transaction(ALPHA, "t" + pdus, body(pdus));
            discipline.onSent(transaction);
            discipline.onEnded(transaction, 200);
        }

        assertThat(found())
                .satisfiesExactly(
                        it -> assertThat(it).contains("has 51 PDUs"),
                        it -> assertThat(it).contains("has 0 PDUs"));
    }

    /// Whoever is no server of the simulation may send what he likes.
    @Test
    void aCourierIsHeldToNothing() {
        var courier = new ServerName("courier");
        discipline.onSent(transaction(courier, "t1", body(1)));
        discipline.onSent(transaction(courier, "t1", body(99)));

        assertThat(found()).isEmpty();
    }

    @Test
    void anotherAnswerToTheSameTransactionIsNoticed() {
        var check = new SameAnswer(simulation.violations());
        check.onAnswered(transaction(ALPHA, "t1", body(1)), 200, new byte[] {1});
        check.onAnswered(transaction(ALPHA, "t1", body(1)), 429, new byte[] {3});
        check.onAnswered(transaction(ALPHA, "t1", body(1)), 200, new byte[] {1});
        assertThat(found()).isEmpty();

        check.onAnswered(transaction(ALPHA, "t1", body(1)), 200, new byte[] {2});

        assertThat(found()).singleElement().asString().contains("was answered");
    }

    @Test
    void anEventThatWasTakenAndIsNotThereIsNoticed() {
        var check = new NothingAcknowledgedIsLost(simulation);
        var answer = "{\"pdus\":{\"$lost\":{},\"$refused\":{\"error\":\"no\"}}}";

        check.onAnswered(transaction(ALPHA, "t1", body(1)), 200, answer.getBytes(UTF_8));

        assertThat(found()).singleElement().asString().contains("beta", "$lost");
    }

    @Test
    void anEventThatAUserWasToldOfAndIsNotThereIsNoticed() {
        var check = new NothingAcknowledgedIsLost(simulation);

        check.onAcknowledged(simulation.server(ALPHA), new EventId("$lost"));

        assertThat(found()).singleElement().asString().contains("$lost", "not there");
    }
}
