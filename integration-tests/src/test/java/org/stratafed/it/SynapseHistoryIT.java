package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.SynapseAndStrata.Peers;
import org.stratafed.it.peer.MatrixClient;

/// What Strata and a real Synapse learn from each other of times when they were not there.
@ExtendWith(SynapseAndStrata.class)
class SynapseHistoryIT {

    private static final int MESSAGES = 150;

    private final Peers peers;
    private final MatrixClient alice;
    private final MatrixClient bob;

    SynapseHistoryIT(Peers peers) {
        this.peers = peers;
        alice = peers.alice();
        bob = peers.bob();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "12"})
    void aUserOfSynapseReadsWhatWasSaidInARoomOfStrataBeforeItJoined(String version) {
        readsWhatWasSaidBefore(alice, bob, version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "12"})
    void aUserOfStrataReadsWhatWasSaidInARoomOfSynapseBeforeItJoined(String version) {
        readsWhatWasSaidBefore(bob, alice, version);
    }

    private static void readsWhatWasSaidBefore(
            MatrixClient host, MatrixClient guest, String version) {
        var alias = "told-" + host.userId().charAt(1) + version;
        var room = host.createPublicRoom(alias, version);
        var said = say(host, room, "before", MESSAGES);
        guest.join("#" + alias + ":" + Federation.server(host));
        guest.until(
                "all that was said before it came",
                Federation.PATIENCE,
                c -> c.historicMessages(room).equals(said));
        assertThat(guest.history(room).getFirst().string("type")).contains("m.room.create");
    }

    private static List<String> say(MatrixClient speaker, String room, String what, int count) {
        var said = IntStream.range(0, count).mapToObj(i -> what + " " + i).toList();
        said.forEach(text -> speaker.say(room, text));
        return said;
    }

    @Test
    void aUserOfSynapseComesBackToARoomOfStrataAndReadsWhatItMissed() {
        comesBack(alice, bob);
    }

    @Test
    void aUserOfStrataComesBackToARoomOfSynapseAndReadsWhatItMissed() {
        var room = comesBack(bob, alice);
        assertThat(alice.messages(room)).doesNotHaveDuplicates();
    }

    private static String comesBack(MatrixClient host, MatrixClient guest) {
        var alias = "left-" + host.userId().charAt(1);
        var room = host.createPublicRoom(alias, "12");
        guest.join("#" + alias + ":" + Federation.server(host));
        Federation.exchangeMessages(host, guest, room);
        Federation.leave(guest, host, room);
        var all = new ArrayList<>(host.historicMessages(room));
        all.addAll(say(host, room, "missed", 30));
        guest.join("#" + alias + ":" + Federation.server(host));
        all.addAll(say(host, room, "welcome back", 1));
        Federation.see(guest, room, all.getLast());
        guest.until(
                "what it missed", Federation.PATIENCE, c -> c.historicMessages(room).equals(all));
        return room;
    }

    @Test
    void aliasesMayHaveAnyCharacters() {
        var body = JsonObject.builder().put("preset", "public_chat").build();
        var name = "#über!x/y%20&?=+ä漢:";
        for (var host : List.of(alice, bob)) {
            var guest = host == alice ? bob : alice;
            var room = host.createRoom(body);
            var alias = name + Federation.server(host);
            host.put(
                            "/directory/room/" + MatrixClient.encode(alias),
                            JsonObject.builder().put("room_id", room).build())
                    .expect(200);
            assertThat(guest.join(alias)).isEqualTo(room);
            Federation.exchangeMessages(host, guest, room);
        }
    }

    /// Each server is alone for a while and changes the same state; then they meet.
    @Test
    void bothServersComeToTheSameStateAfterEachWasAlone() {
        var rooms = new LinkedHashMap<String, String>();
        for (var version : List.of("10", "11", "12")) {
            var alias = "conflict" + version;
            var room = alice.createPublicRoom(alias, version);
            bob.join("#" + alias + ":" + Federation.server(alice));
            Federation.letChangeState(alice, bob, room);
            Federation.exchangeMessages(alice, bob, room);
            rooms.put(version, room);
        }
        peers.synapse().stop();
        rooms.values().forEach(room -> Federation.setTopic(alice, room, "set by alice alone"));
        rooms.values().forEach(room -> rename(alice, room, "named by alice alone"));
        peers.strata().stop();
        peers.synapse().start();
        rooms.values().forEach(room -> Federation.setTopic(bob, room, "set by bob alone"));
        rooms.values().forEach(room -> bob.say(room, "bob is alone"));
        peers.strata().start();
        meet(rooms);
    }

    private void meet(SequencedMap<String, String> rooms) {
        for (var room : rooms.values()) {
            Federation.see(alice, room, "bob is alone");
            bob.until(
                    "the name",
                    Federation.PATIENCE,
                    c -> name(c, room).equals("named by alice alone"));
            // One more event on top of both branches.
            var joined = "joined again in " + room;
            bob.say(room, joined);
            Federation.see(alice, room, joined);
            assertThat(Federation.topic(alice, room))
                    .isIn("set by alice alone", "set by bob alone")
                    .isEqualTo(Federation.topic(bob, room));
            assertThat(name(alice, room)).isEqualTo("named by alice alone");
            Federation.changeTopic(alice, bob, room, "agreed");
        }
    }

    private static void rename(MatrixClient user, String room, String name) {
        user.setState(room, "m.room.name", "", JsonObject.builder().put("name", name).build());
    }

    private static String name(MatrixClient user, String room) {
        return user.state(room, "m.room.name", "").body().string("name").orElse("");
    }
}
