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
import org.stratafed.contract.SampleRoom;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.SimStoresUnderTest;

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

    @Test
    void aTransactionThatIsNoJsonIsNoticed() {
        discipline.onSent(transaction(ALPHA, "t1", "what?"));

        assertThat(found()).singleElement().asString().contains("isn't JSON");
    }

    /// Of a server's own events in a room, the later ones come after the earlier ones.
    @Test
    void anEventBeforeOneThatItComesAfterIsNoticed() {
        var event = "{\"room_id\":\"!%s:beta\",\"sender\":\"@alice:%s\",\"depth\":%d}";
        var elsewhere = event.formatted("elsewhere", ALPHA, 1);
        var another = event.formatted("lobby", BETA, 1);
        var fourth = event.formatted("lobby", ALPHA, 4);
        var fifth = event.formatted("lobby", ALPHA, 5);
        var invite =
                event.replace("}", ",\"signatures\":{\"alpha\":{},\"beta\":{}}}")
                        .formatted("lobby", ALPHA, 2);
        var sound =
                "{\"pdus\":[" + String.join(",", fourth, fifth, another, elsewhere, invite) + "]}";
        var first = transaction(ALPHA, "t1", sound);
        discipline.onSent(first);
        discipline.onEnded(first, 200);
        assertThat(found()).isEmpty();

        discipline.onSent(transaction(ALPHA, "t2", "{\"pdus\":[" + fifth + "," + fourth + "]}"));

        assertThat(found())
                .singleElement()
                .asString()
                .contains("has an event before one that it comes after");
    }

    /// The event in the room that beta doesn't have need not be spoken of.
    @Test
    void anEventThatIsNotSpokenOfIsNoticed() {
        var check = new EachAnswered(simulation);
        var disk = simulation.server(BETA).disk();
        var room = SampleRoom.created(new SimStoresUnderTest(simulation.time(), disk), "lobby");
        var here = "{\"room_id\":\"" + room.id + "\"}";
        var elsewhere = "{\"room_id\":\"!elsewhere:alpha\"}";
        var question =
                transaction(
                        ALPHA, "t1", "{\"pdus\":[" + here + "," + here + "," + elsewhere + "]}");
        check.onArrived(question);
        check.onAnswered(question, 200, "{\"pdus\":{\"$a\":{},\"$b\":{}}}".getBytes(UTF_8));
        check.onAnswered(question, 401, "{}".getBytes(UTF_8));
        assertThat(found()).isEmpty();

        check.onAnswered(question, 200, "{\"pdus\":{\"$a\":{}}}".getBytes(UTF_8));

        assertThat(found()).singleElement().asString().contains("has 2 PDUs, of which 1 are");
    }

    @Test
    void anAnswerThatIsNoJsonIsNoticed() {
        var check = new NothingAcknowledgedIsLost(simulation);

        check.onAnswered(transaction(ALPHA, "t1", body(1)), 200, "what?".getBytes(UTF_8));

        assertThat(found()).singleElement().asString().contains("isn't JSON");
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
