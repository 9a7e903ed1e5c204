package org.stratafed.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.member;
import static org.stratafed.contract.SampleEvent.message;
import static org.stratafed.contract.SampleEvent.state;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.contract.SampleRoom;
import org.stratafed.contract.StoresUnderTest;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.scenario.Scenario;
import org.stratafed.simulator.store.SimStoresUnderTest;

/// Each of the checks that compare servers, made to fire by disks that don't go together.
class WholeSimulationChecksTest {

    private static final String BOB = "@bob:peer.example";

    private final Simulation simulation = new Simulation(1, Scenario.signatures(), Trace.silent());
    private final SimServer local = simulation.add(StoresUnderTest.LOCAL);
    private final SimServer peer = simulation.add(new ServerName("peer.example"));
    private final SampleRoom here = room(local);
    private final SampleRoom there = room(peer);

    private SampleRoom room(SimServer server) {
        return SampleRoom.created(
                new SimStoresUnderTest(simulation.time(), server.disk()), "lobby");
    }

    private Iterable<String> found() {
        return simulation.violations().texts();
    }

    @Test
    void theSameTipWithAnotherStateIsNoticed() {
        var check = new ConvergedState(simulation.violations());
        here.add(state("topic", "m.room.topic", ""));
        there.add(state("name", "m.room.name", ""));
        check.onQuiet(simulation);
        assertThat(found()).isEmpty();

        here.add(message("tip"));
        there.add(message("tip"));
        check.onQuiet(simulation);

        assertThat(found())
                .singleElement()
                .asString()
                .contains("have the same events", "m.room.topic");
    }

    @Test
    void anEventThatAMemberHasNeverGotIsNoticed() {
        var check = new EverybodyHasEverything(simulation.violations());
        here.add(member("join", BOB, "join"));
        there.add(member("join", BOB, "join"));
        here.add(message("for both"));
        there.add(message("for both"));
        check.onEnd(simulation);
        assertThat(found()).isEmpty();

        here.add(message("lost"));
        check.onEnd(simulation);

        assertThat(found()).singleElement().asString().contains("peer.example has never got");
    }

    /// Who has left and come back may have missed what was said in between.
    @Test
    void whatWasSaidBeforeAMemberCameBackIsNotHisToHave() {
        here.add(member("join", BOB, "join"));
        here.add(message("lost"));
        there.add(member("join-again", BOB, "join"));

        new EverybodyHasEverything(simulation.violations()).onEnd(simulation);

        assertThat(found()).isEmpty();
    }

    @Test
    void aForwardExtremityBeforeAnotherIsNoticed() {
        var check = new NewestOnly(simulation.violations());
        var older = here.following(message("older"));
        here.add(older);
        var newer = here.following(message("newer"));
        here.add(newer);
        check.onQuiet(simulation);
        assertThat(found()).isEmpty();

        here.commit(here.next().extremities(newer.id(), older.id()));
        check.onQuiet(simulation);

        assertThat(found()).singleElement().asString().contains("$older");
    }

    /// Both see Alice and Bob, and have other topics.
    @Test
    void membersWhoDisagreeAreNoticed() {
        var check = new MembersAgree(simulation.violations());
        for (var room : List.of(here, there)) {
            room.add(member("alice", "@alice:" + StoresUnderTest.LOCAL, "join"));
            room.add(member("join", BOB, "join"));
        }
        check.onEnd(simulation);
        assertThat(found()).isEmpty();

        here.add(state("topic", "m.room.topic", ""));
        check.onEnd(simulation);

        assertThat(found()).singleElement().asString().contains("both in", "m.room.topic");
    }

    @Test
    void somethingLeftToSendIsNoticed() {
        var check = new NothingLeftToSend(simulation.violations());
        var event = here.following(message("hello"));
        here.commit(here.with(here.next(), event).send(event.id(), "gone.example"), event);
        check.onEnd(simulation);
        assertThat(found()).isEmpty();

        var more = here.following(message("more"));
        here.commit(here.with(here.next(), more).send(more.id(), "peer.example"), more);
        check.onEnd(simulation);

        assertThat(found())
                .singleElement()
                .asString()
                .contains("local.example", "something to send to peer.example");
    }

    /// A list without anybody who is allowed denies everybody.
    @Test
    void anAnswerToADeniedServerIsNoticed() {
        var check = new DeniedGetNothing(simulation);
        var path = "/_matrix/federation/v1/state/" + PercentCoding.encode(here.id.value());
        answered(check, 1, "GET", path, 200, "{}");
        here.add(state("list", "m.room.server_acl", ""));
        check.onRestore(local);
        answered(check, 2, "GET", path, 403, "{}");
        answered(check, 3, "GET", "/_matrix/federation/v1/state/!elsewhere:x", 200, "{}");
        answered(check, 4, "GET", "/_matrix/federation/v1/event/$lobby-create", 200, "{}");
        assertThat(found()).isEmpty();

        answered(check, 5, "GET", path, 200, "{}");

        assertThat(found())
                .singleElement()
                .asString()
                .contains("local.example denies peer.example, and answers");
    }

    @Test
    void anEventThatIsTakenFromADeniedServerIsNoticed() {
        var check = new DeniedGetNothing(simulation);
        var path = "/_matrix/federation/v1/send/";
        var taken = "{\"pdus\":{\"$lobby-create\":{}}}";
        answered(check, 1, "PUT", path + "t1", 200, taken);
        here.add(state("list", "m.room.server_acl", ""));
        check.onRestore(local);
        answered(check, 2, "PUT", path + "t1", 200, taken);
        answered(check, 3, "PUT", path + "t2", 200, taken.replace("{}", "{\"error\":\"no\"}"));
        assertThat(found()).isEmpty();

        answered(check, 4, "PUT", path + "t3", 200, taken);

        assertThat(found()).singleElement().asString().contains("denies peer.example");
    }

    @Test
    void anEventThatWasTakenAndIsNowhereIsNoticed() {
        var check = new EachExplained(simulation);
        var path = "/_matrix/federation/v1/send/";
        answered(check, 1, "PUT", path + "t1", 200, "{\"pdus\":{\"$lobby-create\":{}}}");
        assertThat(found()).isEmpty();

        answered(check, 2, "PUT", path + "t2", 200, "{\"pdus\":{\"$gone\":{}}}");
        answered(check, 3, "PUT", path + "t3", 200, "{\"pdus\":{\"$no\":{\"error\":\"no\"}}}");

        assertThat(found())
                .satisfiesExactly(
                        taken -> assertThat(taken).contains("$gone: took it and knows nothing"),
                        refused -> assertThat(refused).contains("$no: can't say why"));
    }

    private void answered(
            Observer check, long number, String method, String path, int status, String body) {
        var request = new WireRequest(method, path, List.of(), new byte[0]);
        var exchange = new Exchange(number, peer.name(), local.name(), request);
        check.onArrived(exchange);
        check.onAnswered(exchange, status, body.getBytes(UTF_8));
    }
}
