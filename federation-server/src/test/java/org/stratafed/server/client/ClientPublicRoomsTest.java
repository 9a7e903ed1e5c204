package org.stratafed.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.json.JsonObject;

class ClientPublicRoomsTest {

    @TempDir Path folder;

    private ClientWorld world;
    private String alice;
    private String room;

    @BeforeEach
    void open() {
        world = new ClientWorld(folder, true);
        alice = world.register("alice");
        room =
                world.ok(
                                alice,
                                "POST",
                                "/createRoom",
                                "{\"preset\":\"public_chat\",\"name\":\"Cats\","
                                        + "\"visibility\":\"public\"}")
                        .string("room_id")
                        .orElseThrow();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anybodySeesTheRoomsOfThisServer() {
        var listed = world.ok("", "GET", "/publicRooms?limit=1", "");
        assertThat(listed.integer("total_room_count_estimate")).hasValue(1);
        assertThat(first(listed).string("room_id")).contains(room);
        assertThat(first(listed).string("name")).contains("Cats");
        assertThat(first(listed).bool("world_readable")).contains(false);
        assertThat(first(listed).integer("num_joined_members")).hasValue(1);
    }

    @Test
    void usersSearchThem() {
        var found = search("{\"filter\":{\"generic_search_term\":\"cat\"}}");
        assertThat(first(found).string("room_id")).contains(room);
        var none = search("{\"filter\":{\"generic_search_term\":\"dog\"}}");
        assertThat(none.array("chunk").orElseThrow().items()).isEmpty();
        assertThat(world.ask("", "POST", "/publicRooms", "{}").status()).isEqualTo(401);
    }

    @Test
    void theRoomsOfOtherServersAreForUsersOnly() {
        assertThat(world.ask("", "GET", "/publicRooms?server=other.test", "").status())
                .isEqualTo(403);
        assertThat(world.ask(alice, "POST", "/publicRooms?server=server.test:9", "{}").status())
                .isEqualTo(502);
        assertThat(world.ask(alice, "POST", "/publicRooms?server=a%20b", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void aRoomIsTakenOutOfTheListAndPutBack() {
        var target = "/directory/list/room/" + room.replace("!", "%21");
        assertThat(world.ok("", "GET", target, "").string("visibility")).contains("public");
        world.ok(alice, "PUT", target, "{\"visibility\":\"private\"}");
        assertThat(world.ok("", "GET", target, "").string("visibility")).contains("private");
        assertThat(world.ok("", "GET", "/publicRooms", "").array("chunk").orElseThrow().items())
                .isEmpty();
        world.ok(alice, "PUT", target, "{}");
        assertThat(world.ok("", "GET", target, "").string("visibility")).contains("public");
        var bob = world.register("bob");
        assertThat(world.ask(bob, "PUT", target, "{}").status()).isEqualTo(403);
        assertThat(world.ask(alice, "PUT", target, "{\"visibility\":\"x\"}").status())
                .isEqualTo(400);
    }

    private JsonObject search(String body) {
        return world.ok(alice, "POST", "/publicRooms", body);
    }

    private static JsonObject first(JsonObject listed) {
        return listed.array("chunk").orElseThrow().objects().getFirst();
    }
}
