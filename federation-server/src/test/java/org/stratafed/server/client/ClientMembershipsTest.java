package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.client.ClientUser.at;
import static org.stratafed.server.client.ClientUser.encoded;
import static org.stratafed.server.client.ClientUser.room;
import static org.stratafed.server.client.ClientUser.said;
import static org.stratafed.server.client.ClientUser.timeline;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.JsonObject;

/// Coming into rooms and going, seen through the client API.
class ClientMembershipsTest {

    private static final String KNOCKED_AT =
            """
            {"initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "knock"}}]}
            """;

    private static final String PUBLIC = "{\"preset\": \"public_chat\"}";

    @TempDir Path folder;

    private ClientWorld world;
    private ClientUser alice;
    private ClientUser bob;

    @BeforeEach
    void start() {
        world = new ClientWorld(folder, true);
        alice = ClientUser.registered(world, "alice");
        bob = ClientUser.registered(world, "bob");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whoLeavesIsShownThatAndNothingThatIsSaidAfterwards() {
        String room = alice.createRoom(PUBLIC);
        bob.join(room);
        String since = nextBatch(bob.get("/sync"));
        alice.say(room, "before");
        bob.post(at(room, "/leave"), "{\"reason\": \"tired\"}");
        alice.say(room, "after");

        JsonObject sync = bob.get("/sync?since=" + since);

        JsonObject timeline = timeline(sync, "leave", room);
        assertThat(said(timeline, "events")).containsExactly("before");
        JsonObject leave = timeline.array("events").orElseThrow().objects().getLast();
        assertThat(leave.object("content").orElseThrow().toString())
                .contains("\"membership\":\"leave\"", "\"reason\":\"tired\"");
        assertThat(room(sync, "join", room).isEmpty()).isTrue();
        assertThat(said(bob.get(at(room, "/messages?dir=b")), "chunk")).containsExactly("before");
        assertThat(bob.refused("PUT", at(room, "/send/m.room.message/1"), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void whoIsBannedStaysOutUntilTheBanIsOver() {
        String room = alice.createRoom(PUBLIC);
        bob.join(room);
        alice.change("ban", room, bob);

        assertThat(alice.get(at(room, "/state/m.room.member/" + encoded(bob.id()))).toString())
                .contains("\"membership\":\"ban\"");
        assertThat(bob.refused("POST", "/join/" + encoded(room), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(alice.refused("POST", at(room, "/kick"), user(bob)))
                .as("a kick would end the ban")
                .isEqualTo("403 M_FORBIDDEN");
        alice.change("unban", room, bob);
        assertThat(alice.refused("POST", at(room, "/unban"), user(bob)))
                .as("there is no ban any more")
                .isEqualTo("403 M_FORBIDDEN");
        bob.join(room);
        assertThat(bob.get("/joined_rooms").toString()).contains(room);
    }

    @Test
    void whoHasNoPowerCanNeitherKickNorBan() {
        String room = alice.createRoom(PUBLIC);
        bob.join(room);

        assertThat(bob.refused("POST", at(room, "/kick"), user(alice)))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(bob.refused("POST", at(room, "/ban"), user(alice))).isEqualTo("403 M_FORBIDDEN");
        assertThat(bob.refused("POST", at(room, "/ban"), "{}")).isEqualTo("400 M_MISSING_PARAM");
        assertThat(bob.refused("POST", at(room, "/ban"), "{\"user_id\": \"alice\"}"))
                .isEqualTo("400 M_INVALID_PARAM");
    }

    @Test
    void aKnockIsShownToWhoKnocksAndAnsweredByAnInvite() {
        String room = alice.createRoom(KNOCKED_AT);
        bob.post("/knock/" + encoded(room) + "?via=" + world.serverName(), "{\"reason\": \"me\"}");
        JsonObject knocked = bob.get("/sync");
        alice.change("invite", room, bob);
        JsonObject invited = bob.get("/sync?since=" + nextBatch(knocked));

        assertThat(room(knocked, "knock", room).toString())
                .contains("knock_state", "m.room.create", "\"membership\":\"knock\"", "\"reason\"");
        assertThat(room(invited, "knock", room).isEmpty()).isTrue();
        assertThat(room(invited, "invite", room).isEmpty()).isFalse();
        bob.join(room);
    }

    @Test
    void aKnockIsTakenBackOrRefused() {
        String room = alice.createRoom(KNOCKED_AT);
        bob.post("/knock/" + encoded(room), "{}");
        String since = nextBatch(bob.get("/sync"));
        bob.post(at(room, "/leave"), "{}");

        assertThat(room(bob.get("/sync?since=" + since), "leave", room).isEmpty()).isFalse();
        bob.post("/knock/" + encoded(room), "{}");
        alice.change("kick", room, bob);
        assertThat(room(bob.get("/sync"), "knock", room).isEmpty()).isTrue();
        assertThat(bob.refused("POST", "/join/" + encoded(room), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void aRoomIsKnockedAtByItsAlias() {
        String alias = "#door:" + world.serverName();
        String room =
                alice.createRoom(
                        KNOCKED_AT.replaceFirst("\\{", "{\"room_alias_name\": \"door\", "));
        assertThat(bob.post("/knock/" + encoded(alias), "{}").string("room_id")).hasValue(room);
    }

    @Test
    void whoMayJoinOrIsToStayOutDoesNotKnock() {
        String open = alice.createRoom(PUBLIC);
        assertThat(bob.refused("POST", "/knock/" + encoded(open), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
        String room = alice.createRoom(KNOCKED_AT);
        alice.change("ban", room, bob);
        assertThat(bob.refused("POST", "/knock/" + encoded(room), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(alice.refused("POST", "/knock/" + encoded(room), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void aRoomIsOpenToTheMembersOfAnother() {
        String club = alice.createRoom(PUBLIC);
        String room =
                alice.createRoom(
                        """
                        {"initial_state": [{"type": "m.room.join_rules", "content":
                            {"join_rule": "restricted", "allow":
                                [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                        """
                                .formatted(club));
        assertThat(bob.refused("POST", "/join/" + encoded(room), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
        bob.join(club);
        bob.join(room);
        String member = at(room, "/state/m.room.member/" + encoded(bob.id()));
        assertThat(alice.get(member).string("join_authorised_via_users_server"))
                .hasValue(alice.id());
    }

    @Test
    void anInviteThatIsRejectedIsGone() {
        String room = alice.createRoom("{\"invite\": [\"" + bob.id() + "\"]}");
        JsonObject invited = bob.get("/sync");
        bob.post(at(room, "/leave"), "");

        JsonObject after = bob.get("/sync?since=" + nextBatch(invited));

        assertThat(room(invited, "invite", room).toString()).contains("m.room.create");
        assertThat(after.object("rooms").orElseThrow().object("leave").orElseThrow().has(room))
                .isTrue();
        assertThat(room(bob.get("/sync"), "invite", room).isEmpty()).isTrue();
        assertThat(bob.refused("POST", at(room, "/join"), "")).isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void aRoomCannotBeForgottenByWhoIsInItOrInvited() {
        String room = alice.createRoom("{\"invite\": [\"" + bob.id() + "\"]}");

        assertThat(alice.refused("POST", at(room, "/forget"), "")).isEqualTo("400 M_UNKNOWN");
        assertThat(bob.refused("POST", at(room, "/forget"), "")).isEqualTo("400 M_UNKNOWN");
    }

    @Test
    void aRoomThatIsForgottenIsShownNoMoreUntilTheUserComesBack() {
        String room = alice.createRoom(PUBLIC);
        bob.join(room);
        alice.say(room, "hello");
        bob.post(at(room, "/leave"), "");
        assertThat(left(room).isEmpty()).isFalse();
        assertThat(said(bob.get(at(room, "/messages?dir=b")), "chunk")).containsExactly("hello");

        bob.post(at(room, "/forget"), "");

        assertThat(left(room).isEmpty()).isTrue();
        assertThat(bob.refused(at(room, "/messages?dir=b"))).isEqualTo("403 M_FORBIDDEN");
        assertThat(bob.refused(at(room, "/state"))).isEqualTo("403 M_FORBIDDEN");
        bob.join(room);
        assertThat(said(bob.get(at(room, "/messages?dir=b")), "chunk")).containsExactly("hello");
        bob.post(at(room, "/leave"), "");
        assertThat(left(room).isEmpty()).isFalse();
    }

    @Test
    void aRoomIsJoinedByAnAliasUntilThatIsRemovedByWhoeverMay() {
        String room = alice.createRoom(PUBLIC);
        String alias = encoded("#lobby/1:" + world.serverName());
        alice.put("/directory/room/" + alias, "{\"room_id\": \"" + room + "\"}");
        assertThat(alice.refused("PUT", "/directory/room/" + alias, body(room)))
                .isEqualTo("409 M_UNKNOWN");

        bob.post("/join/" + alias, "{}");

        assertThat(bob.get("/joined_rooms").toString()).contains(room);
        assertThat(bob.get(at(room, "/aliases")).toString()).contains("#lobby/1:");
        assertThat(bob.refused("DELETE", "/directory/room/" + alias, ""))
                .isEqualTo("403 M_FORBIDDEN");
        world.ok(alice.token(), "DELETE", "/directory/room/" + alias, "");
        assertThat(bob.refused("/directory/room/" + alias)).isEqualTo("404 M_NOT_FOUND");
        assertThat(bob.refused("POST", "/join/" + alias, "{}")).isEqualTo("404 M_NOT_FOUND");
        assertThat(alice.refused("DELETE", "/directory/room/" + alias, ""))
                .isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void whatIsNoServerIsNoWayIntoARoom() {
        String room = "/join/" + encoded("!elsewhere:" + world.serverName());

        assertThat(bob.refused("POST", room + "?via=not%20a%20server", "{}"))
                .isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused("POST", room + "?server_name=a:b:c", "{}"))
                .isEqualTo("400 M_INVALID_PARAM");
        assertThat(bob.refused("POST", room, "{}")).isEqualTo("404 M_NOT_FOUND");
    }

    /// What a first sync shows of a room that was left, asked for such rooms.
    private JsonObject left(String room) {
        String filter = encoded("{\"room\": {\"include_leave\": true}}");
        return room(bob.get("/sync?filter=" + filter), "leave", room);
    }

    private static String user(ClientUser user) {
        return "{\"user_id\": \"" + user.id() + "\"}";
    }

    private static String body(String room) {
        return "{\"room_id\": \"" + room + "\"}";
    }

    private static String nextBatch(JsonObject sync) {
        return encoded(sync.string("next_batch").orElseThrow());
    }
}
