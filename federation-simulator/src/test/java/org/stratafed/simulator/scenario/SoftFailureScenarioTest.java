package org.stratafed.simulator.scenario;

import static java.time.Duration.ofMinutes;
import static org.stratafed.api.model.event.EventStatus.ACCEPTED;
import static org.stratafed.api.model.event.EventStatus.SOFT_FAILED;
import static org.stratafed.simulator.scenario.Scenario.scenario;
import static org.stratafed.simulator.scenario.Steps.after;
import static org.stratafed.simulator.scenario.Steps.at;
import static org.stratafed.simulator.scenario.Steps.everyServerAgreesOn;
import static org.stratafed.simulator.scenario.Steps.everythingSettles;
import static org.stratafed.simulator.scenario.Steps.healed;
import static org.stratafed.simulator.scenario.Steps.partitioned;
import static org.stratafed.simulator.scenario.Steps.room;
import static org.stratafed.simulator.scenario.Steps.servers;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.spi.store.StoredEvent;

class SoftFailureScenarioTest {

    private static final String ALICE = "@alice:alpha";
    private static final String BOB = "@bob:beta";
    private static final String CAROL = "@carol:gamma";

    /// The ban and the message are concurrent: neither cites the other. Alpha knows of the ban
    /// when the message arrives, so the message is valid where it stands and soft-failed there.
    @Test
    void aMessageFromBehindAPartitionIsSoftFailedWhereItsSenderWasBanned() {
        scenario("bob speaks while cut off from the ban")
                .given(
                        servers("alpha", "beta"),
                        room("lobby", "@alice:alpha", "@bob:beta"),
                        partitioned("alpha", "beta"))
                .when(
                        at("alpha").bans("@alice:alpha", "@bob:beta"),
                        at("beta").says("@bob:beta", "anyone there?"),
                        after(ofMinutes(5)),
                        healed("alpha", "beta"))
                .then(
                        at("beta").sees("anyone there?", ACCEPTED),
                        at("alpha").sees("anyone there?", SOFT_FAILED),
                        everyServerAgreesOn("lobby"))
                .holdsForSeeds(1, 200);
    }

    /// The specification's own example, seen from alpha, event by event: B bans the sender of C,
    /// both come after A, and C arrives last. D comes after both and is made by somebody to whom
    /// they came the other way round; D' is made where C failed softly.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#soft-failure">Soft
    ///     failure</a>
    @Test
    void theSpecificationsExampleComesOutAsItSays() {
        scenario("the example of the specification")
                .given(servers("alpha", "beta", "gamma"), room("lobby", ALICE, BOB, CAROL))
                .when(
                        at("alpha").empowers(ALICE, 50, BOB),
                        at("alpha").setsTopic(ALICE, "A"),
                        everythingSettles(),
                        partitioned("alpha", "beta"),
                        partitioned("alpha", "gamma"),
                        at("alpha").bans(ALICE, BOB),
                        at("beta").setsTopic(BOB, "C"),
                        at("gamma").hearsTopic("C"),
                        healed("alpha", "gamma"),
                        at("gamma").hearsOf(BOB, "ban"),
                        partitioned("alpha", "gamma"),
                        at("gamma").says(CAROL, "D"),
                        healed("alpha", "beta"),
                        new Awaiting(
                                "at alpha, C has failed softly",
                                stage -> isTopic(stage, "alpha", "C", SOFT_FAILED)),
                        at("alpha").says(ALICE, "D'"),
                        cites("alpha", "D'", "B"),
                        healed("alpha", "gamma"),
                        at("alpha").hears("D"),
                        cites("alpha", "D", "B", "C"),
                        everythingSettles())
                .then(
                        at("alpha").sees("D", ACCEPTED),
                        at("alpha").showsOnce("D"),
                        at("alpha").hasTopic("A"),
                        at("gamma").hasTopic("A"),
                        everyServerAgreesOn("lobby"))
                .holdsForSeeds(1, 40);
    }

    /// Carol bans Bob, so delta takes Bob's topic for a soft failure. Then comes what Alice did at
    /// the same time: she took Carol's power, whose ban never counted. Alice builds upon Bob's
    /// topic, which is the room's from then on. Who follows the room at delta is told: the
    /// follower's own checks see to that.
    @Test
    void aSoftFailedEventIsStateWhenTheStateIsResolvedInItsFavour() {
        var dora = "@dora:delta";
        scenario("a topic fails softly and comes back")
                .given(
                        servers("alpha", "beta", "gamma", "delta"),
                        room("lobby", ALICE, BOB, CAROL, dora).thatReconciles())
                .when(
                        at("alpha").empowers(ALICE, 50, BOB, CAROL),
                        at("alpha").empowers(ALICE, 90, CAROL),
                        everythingSettles(),
                        at("delta").follows(dora),
                        partitioned("alpha", "gamma"),
                        partitioned("alpha", "delta"),
                        partitioned("beta", "gamma"),
                        partitioned("beta", "delta"),
                        at("gamma").bans(CAROL, BOB),
                        at("delta").hearsOf(BOB, "ban"),
                        at("beta").setsTopic(BOB, "bob's"),
                        at("alpha").hearsTopic("bob's"),
                        healed("beta", "delta"),
                        new Awaiting(
                                "at delta, it has failed softly",
                                stage -> isTopic(stage, "delta", "bob's", SOFT_FAILED)),
                        at("alpha").empowers(ALICE, 0, CAROL),
                        at("alpha").says(ALICE, "no"),
                        healed("alpha", "delta"),
                        at("delta").hears("no"),
                        new Awaiting(
                                "at delta, it is the topic and remains soft-failed",
                                stage ->
                                        isTopic(stage, "delta", "bob's", SOFT_FAILED)
                                                && Sights.topic(stage, "delta")
                                                        .filter("bob's"::equals)
                                                        .isPresent()),
                        healed("alpha", "gamma"),
                        healed("beta", "gamma"),
                        everythingSettles(),
                        at("delta").says(dora, "well"))
                .then(
                        at("delta").hasTopic("bob's"),
                        at("delta").hasMember(BOB, "join"),
                        everyServerAgreesOn("lobby"))
                .holdsForSeeds(1, 40);
    }

    private static boolean isTopic(Stage stage, String server, String topic, EventStatus status) {
        return events(stage, server)
                .anyMatch(
                        event ->
                                event.pdu()
                                                .content()
                                                .string("topic")
                                                .filter(topic::equals)
                                                .isPresent()
                                        && event.status() == status);
    }

    /// The event with this text cites exactly those: the ban, or what has that topic.
    private static When cites(String server, String text, String... cited) {
        return new Doing(
                "at " + server + ", " + text + " cites " + List.of(cited),
                stage -> {
                    var ids = Stream.of(cited).map(it -> named(stage, server, it)).toList();
                    var event = Sights.find(stage.server(server), text).getFirst().pdu();
                    if (!List.copyOf(event.prevEvents()).containsAll(ids)
                            || event.prevEvents().size() != ids.size()) {
                        throw new AssertionError(text + " cites " + event.prevEvents());
                    }
                });
    }

    private static EventId named(Stage stage, String server, String name) {
        var ban = new StateKeyTuple("m.room.member", BOB);
        return events(stage, server)
                .map(StoredEvent::pdu)
                .filter(
                        event ->
                                name.equals("B")
                                        ? event.stateTuple().filter(ban::equals).isPresent()
                                                && event.content()
                                                        .string("membership")
                                                        .filter("ban"::equals)
                                                        .isPresent()
                                        : event.content()
                                                .string("topic")
                                                .filter(name::equals)
                                                .isPresent())
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Stream<StoredEvent> events(Stage stage, String server) {
        return stage.server(server).disk().room(stage.room("")).orElseThrow().events().stream();
    }
}
