package org.stratafed.simulator.workload;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.stratafed.api.model.event.EventStatus.ACCEPTED;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.concurrently;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everyServerSees;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.meanwhile;
import static org.stratafed.simulator.scenario.Steps.network;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import org.stratafed.simulator.network.Quality;
import org.stratafed.simulator.scenario.Scenario;

/// The same thing more than once: one event, the same answer, one callback.
final class Deduplication {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    private Deduplication() {}

    static List<Scenario> scenarios() {
        return List.of(
                replayed(), fromElsewhere(), atTheSameTime(), byAClient(), doubledByTheNetwork());
    }

    private static Scenario replayed() {
        return scenario("a transaction is sent again, also after a restart")
                .named("deduplication/replayed")
                .given(servers("alpha", "beta"), room("lobby", ALICE, BOB))
                .when(
                        at("alpha").says(ALICE, "hello"),
                        everythingSettles(),
                        at("alpha").resendsTo("beta"),
                        concurrently(at("alpha").resendsTo("beta"), at("alpha").resendsTo("beta")),
                        at("beta").crashes(),
                        at("beta").restarts(),
                        at("alpha").resendsTo("beta"))
                .then(
                        at("beta").sees("hello", ACCEPTED),
                        at("beta").showsOnce("hello"),
                        everyServerAgreesOn("lobby"));
    }

    private static Scenario fromElsewhere() {
        return scenario("an event comes again in another transaction, and from another server")
                .named("deduplication/elsewhere")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").says(ALICE, "hello"),
                        everythingSettles(),
                        at("alpha").relays("hello", "beta"),
                        at("gamma").relays("hello", "beta"),
                        at("beta").crashes(),
                        at("beta").restarts(),
                        at("gamma").relays("hello", "beta"))
                .then(
                        at("beta").showsOnce("hello"),
                        at("gamma").showsOnce("hello"),
                        everyServerSees("hello"));
    }

    /// Beta gets the event first from those who it isn't of, several times at once, while alpha's
    /// own transaction is on its way.
    private static Scenario atTheSameTime() {
        return scenario("an event comes from several servers at once")
                .named("deduplication/concurrent")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        partitioned("alpha", "beta"),
                        at("alpha").says(ALICE, "hello"),
                        at("gamma").hears("hello"),
                        healed("alpha", "beta"),
                        concurrently(
                                at("gamma").relays("hello", "beta"),
                                at("alpha").relays("hello", "beta"),
                                at("alpha").says(ALICE, "and again"),
                                at("gamma").relays("hello", "beta")))
                .then(
                        at("beta").showsOnce("hello"),
                        at("beta").showsOnce("and again"),
                        everyServerSees("hello"),
                        everyServerAgreesOn("lobby"));
    }

    /// A client that got no answer asks again, with the transaction that it had.
    private static Scenario byAClient() {
        return scenario("a client says the same again, also after a restart")
                .named("deduplication/client")
                .given(servers("alpha", "beta"), room("lobby", ALICE, BOB))
                .when(
                        concurrently(
                                at("alpha").says(ALICE, "hello", "t1"),
                                at("alpha").says(ALICE, "hello", "t1")),
                        at("beta").hears("hello"),
                        at("alpha").crashes(),
                        at("alpha").restarts(),
                        at("alpha").says(ALICE, "hello", "t1"),
                        at("alpha").says(ALICE, "goodbye", "t2"))
                .then(
                        at("alpha").showsOnce("hello"),
                        at("beta").showsOnce("hello"),
                        everyServerSees("goodbye"));
    }

    private static Scenario doubledByTheNetwork() {
        return scenario("every request arrives twice, and the server crashes in between")
                .named("deduplication/doubled")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", ALICE, BOB),
                        network(
                                Quality.GOOD
                                        .withLatency(ofMillis(5), ofMillis(40))
                                        .withLoss(0.02)
                                        .withDuplication(1)
                                        .withReordering(0.2)))
                .when(
                        meanwhile(
                                at("alpha").talks(ALICE, "from alpha", 12, ofSeconds(20)),
                                at("beta").talks(BOB, "from beta", 12, ofSeconds(20)),
                                at("beta").crashesWithin(ofSeconds(20), ofSeconds(3)),
                                at("alpha").crashesWithin(ofSeconds(20), ofSeconds(1))))
                .then(everyServerAgreesOn("lobby"));
    }
}
