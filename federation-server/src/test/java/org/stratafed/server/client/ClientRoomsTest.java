package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.client.ClientUser.at;
import static org.stratafed.server.client.ClientUser.encoded;
import static org.stratafed.server.client.ClientUser.room;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stratafed.api.model.json.JsonObject;

/// Making rooms and the names of those in them, seen through the client API.
class ClientRoomsTest {

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

    @ParameterizedTest
    @CsvSource({
        "private_chat, invite, can_join",
        "trusted_private_chat, invite, can_join",
        "public_chat, public, forbidden"
    })
    void aPresetSaysWhoMayComeIn(String preset, String joinRule, String guests) {
        String room = alice.createRoom("{\"preset\": \"" + preset + "\"}");

        assertThat(state(room, "m.room.join_rules").string("join_rule")).contains(joinRule);
        assertThat(state(room, "m.room.guest_access").string("guest_access")).contains(guests);
        assertThat(state(room, "m.room.history_visibility").string("history_visibility"))
                .contains("shared");
    }

    @Test
    void aRoomOfNoVersionInParticularIsOfTheDefaultOne() {
        String room = alice.createRoom("{}");

        assertThat(state(room, "m.room.create").string("room_version")).contains("12");
    }

    @Test
    void whatCannotBeARoomIsRefused() {
        assertRefused("{\"preset\": \"secret_chat\"}", "400 M_INVALID_PARAM");
        assertRefused("{\"invite\": [\"bob\"]}", "400 M_INVALID_PARAM");
        assertRefused("{\"invite\": \"@bob:x\"}", "400 M_BAD_JSON");
        assertRefused("{\"initial_state\": [1]}", "400 M_BAD_JSON");
        assertRefused("{\"initial_state\": [{\"content\": {}}]}", "400 M_MISSING_PARAM");
        assertRefused("{\"room_version\": \"99\"}", "400 M_UNSUPPORTED_ROOM_VERSION");
        alice.createRoom("{\"room_alias_name\": \"taken\"}");
        assertRefused("{\"room_alias_name\": \"taken\"}", "400 M_ROOM_IN_USE");
    }

    /// The content of an event is taken as it is, but for what no room could have.
    @Test
    void anEventThatTheRoomForbidsIsRefusedAndMakesNothing() {
        String room = alice.createRoom("{\"preset\": \"public_chat\"}");
        bob.join(room);

        assertThat(bob.refused("PUT", at(room, "/state/m.room.topic"), "{\"topic\": \"t\"}"))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(bob.refused("PUT", at(room, "/state/x/%40alice%3A"), "{}"))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(alice.refused("PUT", at(room, "/send/x.y/1"), "{\"n\": 1.5}"))
                .isEqualTo("400 M_BAD_JSON");
        assertThat(alice.refused("PUT", at(room, "/send/x.y/2"), "{\"n\": 9007199254740992}"))
                .isEqualTo("400 M_BAD_JSON");
        assertThat(
                        alice.refused(
                                "PUT",
                                at(room, "/send/x.y/3"),
                                "{\"body\": \"" + "x".repeat(66_000) + "\"}"))
                .isEqualTo("413 M_TOO_LARGE");
        assertThat(alice.refused("PUT", at(room, "/send/x.y/4"), "[]")).isEqualTo("400 M_BAD_JSON");
        assertThat(bob.get(at(room, "/messages?dir=b&limit=1")).toString())
                .doesNotContain("\"x.y\"");
    }

    @Test
    void anotherNameIsSeenInTheRoomsOfItsUserAndNobodySetsAnothers() {
        String room = alice.createRoom("{\"preset\": \"public_chat\"}");
        bob.join(room);
        String since = encoded(alice.get("/sync").string("next_batch").orElseThrow());
        String name = "/profile/" + encoded(bob.id()) + "/displayname";

        assertThat(alice.refused("PUT", name, "{\"displayname\": \"x\"}"))
                .isEqualTo("403 M_FORBIDDEN");
        bob.put(name, "{\"displayname\": \"Bob \\uD83D\\uDC4B\"}");

        assertThat(room(alice.get("/sync?timeout=5000&since=" + since), "join", room).toString())
                .contains("Bob \uD83D\uDC4B");
        assertThat(alice.get(name).string("displayname")).contains("Bob \uD83D\uDC4B");
        assertThat(alice.refused("/profile/" + encoded("@nobody:" + world.serverName())))
                .isEqualTo("404 M_NOT_FOUND");
    }

    private void assertRefused(String request, String error) {
        assertThat(alice.refused("POST", "/createRoom", request)).as(request).isEqualTo(error);
    }

    private JsonObject state(String room, String type) {
        return alice.get(at(room, "/state/" + type));
    }
}
