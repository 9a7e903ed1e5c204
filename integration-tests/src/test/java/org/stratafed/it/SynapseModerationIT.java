package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.SynapseAndStrata.Peers;
import org.stratafed.it.peer.MatrixClient;

/// What moderators and the people in a room do between Strata and a real Synapse: take back what
/// was said, throw out and let in again, call themselves otherwise.
@ExtendWith(SynapseAndStrata.class)
class SynapseModerationIT {

    private final Peers peers;

    SynapseModerationIT(Peers peers) {
        this.peers = peers;
    }

    private enum Host {
        STRATA,
        SYNAPSE
    }

    private MatrixClient host(Host host) {
        return host == Host.STRATA ? peers.alice() : peers.bob();
    }

    private MatrixClient guest(Host host) {
        return host == Host.STRATA ? peers.bob() : peers.alice();
    }

    private String together(MatrixClient host, MatrixClient guest) {
        var alias = "moderated-" + host.userId().charAt(1) + System.nanoTime();
        var room = host.createPublicRoom(alias, "12");
        guest.join("#" + alias + ":" + Federation.server(host));
        Federation.untilMembership(host, room, guest.userId(), "join");
        return room;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenBackIsGoneOnBothServers(Host side) {
        var host = host(side);
        var guest = guest(side);
        var room = together(host, guest);
        takenBack(guest, guest, host, room);
        takenBack(host, host, guest, room);
        // A moderator takes back what another said.
        takenBack(guest, host, guest, room);
    }

    private static void takenBack(
            MatrixClient author, MatrixClient redactor, MatrixClient observer, String room) {
        var text = "regretted by " + author.userId();
        var said = author.say(room, text);
        redactor.until("the message", Federation.PATIENCE, c -> Federation.hasSeen(c, said));
        observer.until("the message", Federation.PATIENCE, c -> Federation.hasSeen(c, said));
        var path =
                "/rooms/"
                        + MatrixClient.encode(room)
                        + "/redact/"
                        + MatrixClient.encode(said)
                        + "/redaction-of-"
                        + MatrixClient.encode(said);
        var reason = JsonObject.builder().put("reason", "not meant so").build();
        var redaction = redactor.put(path, reason).expect(200).string("event_id");
        observer.until("the redaction", Federation.PATIENCE, c -> Federation.hasSeen(c, redaction));
        for (var user : new MatrixClient[] {redactor, observer}) {
            var event = Federation.event(user, room, said);
            assertThat(event.object("content")).contains(JsonObject.empty());
            assertThat(
                            event.object("unsigned")
                                    .flatMap(unsigned -> unsigned.object("redacted_because"))
                                    .flatMap(because -> because.string("event_id")))
                    .contains(redaction);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserIsKickedAndComesBackIsBannedAndKeptOutAndIsLetInAgain(Host side) {
        var host = host(side);
        var guest = guest(side);
        var room = together(host, guest);

        host.moderate(room, "kick", guest.userId()).expect(200);
        guest.until("that it is out", Federation.PATIENCE, c -> c.hasLeft(room));
        assertThat(guest.trySay(room, "from outside", "kicked").status()).isEqualTo(403);
        guest.join(room, Federation.server(host));
        Federation.exchangeMessages(host, guest, room);

        host.moderate(room, "ban", guest.userId()).expect(200);
        guest.until(
                "the ban",
                Federation.PATIENCE,
                c -> c.trySay(room, "in spite of it", "x" + System.nanoTime()).status() == 403);
        assertThat(guest.tryJoin(room, Federation.server(host)).status()).isEqualTo(403);
        assertThat(host.membership(room, guest.userId())).contains("ban");

        host.moderate(room, "unban", guest.userId()).expect(200);
        assertThat(host.membership(room, guest.userId())).contains("leave");
        guest.join(room, Federation.server(host));
        Federation.untilMembership(host, room, guest.userId(), "join");
        var back = "back in " + room;
        guest.say(room, back);
        Federation.see(host, room, back);
    }

    @ParameterizedTest
    @EnumSource
    void anInviteIsTakenBack(Host side) {
        var host = host(side);
        var guest = guest(side);
        var room =
                host.createRoom(
                        JsonObject.builder()
                                .put("preset", "private_chat")
                                .put("room_version", "12")
                                .build());
        host.invite(room, guest.userId());
        guest.until("the invite", Federation.PATIENCE, c -> c.isInvited(room));
        host.moderate(room, "kick", guest.userId()).expect(200);
        assertThat(host.membership(room, guest.userId())).contains("leave");
        assertThat(guest.tryJoin(room, Federation.server(host)).status()).isEqualTo(403);
    }

    @Test
    void displayNamesAreSeenFromTheOtherServer() {
        var room = together(peers.alice(), peers.bob());
        named(peers.alice(), peers.bob(), room, "Alice Ä. / 爱丽丝");
        named(peers.bob(), peers.alice(), room, "Bob \"the\" Builder ✓");
    }

    private static void named(
            MatrixClient user, MatrixClient observer, String room, String displayName) {
        var profile = "/profile/" + MatrixClient.encode(user.userId());
        var body = JsonObject.builder().put("displayname", displayName).build();
        user.put(profile + "/displayname", body).expect(200);
        // Servers may remember a profile for a while, but not before they asked for the first time.
        assertThat(observer.get(profile).expect(200).string("displayname")).isEqualTo(displayName);
        observer.until(
                "the name in the room",
                Federation.PATIENCE,
                c ->
                        c.state(room, "m.room.member", user.userId())
                                .body()
                                .string("displayname")
                                .equals(Optional.of(displayName)));
    }
}
