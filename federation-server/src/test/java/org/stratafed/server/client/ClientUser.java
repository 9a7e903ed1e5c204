package org.stratafed.server.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.routing.ClientAnswer;

/// A user with a client of theirs, who does what people do.
///
/// @param token what the client got when the user registered or logged in
record ClientUser(ClientWorld world, String id, String token) {

    static ClientUser registered(ClientWorld world, String name) {
        return new ClientUser(world, "@" + name + ":" + world.serverName(), world.register(name));
    }

    /// The same user at another device.
    ClientUser elsewhere() {
        String name = id.substring(1, id.indexOf(':'));
        String login =
                """
                {"type": "m.login.password", "password": "secret",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """;
        JsonObject answer = world.ok("", "POST", "/login", login.formatted(name));
        return new ClientUser(world, id, answer.string("access_token").orElseThrow());
    }

    JsonObject get(String target) {
        return world.ok(token, "GET", target, "");
    }

    JsonObject post(String target, String body) {
        return world.ok(token, "POST", target, body);
    }

    JsonObject put(String target, String body) {
        return world.ok(token, "PUT", target, body);
    }

    /// The status and the error code of a request that fails: `403 M_FORBIDDEN`.
    String refused(String method, String target, String body) {
        ClientAnswer answer = world.ask(token, method, target, body);
        return answer.status()
                + " "
                + ((JsonObject) answer.body()).string("errcode").orElse("without a code");
    }

    String refused(String target) {
        return refused("GET", target, "");
    }

    String createRoom(String request) {
        return post("/createRoom", request).string("room_id").orElseThrow();
    }

    void join(String room) {
        post("/join/" + encoded(room), "{}");
    }

    /// Has another user in a room do, or be, that: `invite`, `kick`, `ban`, `unban`.
    void change(String change, String room, ClientUser target) {
        post(at(room, "/" + change), "{\"user_id\": \"" + target.id + "\"}");
    }

    /// Says it in a room, and answers the event's ID. The text is also the transaction's name.
    String say(String room, String text) {
        return put(at(room, "/send/m.room.message/" + text), "{\"body\": \"" + text + "\"}")
                .string("event_id")
                .orElseThrow();
    }

    static String at(String room, String rest) {
        return "/rooms/" + encoded(room) + rest;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What a sync has of a room.
    ///
    /// @param membership `join`, `invite` or `leave`
    static JsonObject room(JsonObject sync, String membership, String room) {
        return sync.object("rooms")
                .flatMap(it -> it.object(membership))
                .flatMap(it -> it.object(room))
                .orElse(JsonObject.empty());
    }

    static JsonObject timeline(JsonObject sync, String membership, String room) {
        return room(sync, membership, room).object("timeline").orElse(JsonObject.empty());
    }

    /// What was said, of these events.
    static List<String> said(JsonObject holder, String member) {
        return holder.array(member).orElse(JsonArray.empty()).objects().stream()
                .filter(it -> it.string("type").filter("m.room.message"::equals).isPresent())
                .map(it -> it.object("content").orElseThrow().string("body").orElseThrow())
                .toList();
    }
}
