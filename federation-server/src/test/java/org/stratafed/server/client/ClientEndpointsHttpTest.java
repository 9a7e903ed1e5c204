package org.stratafed.server.client;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.http.ContentType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.server.client.account.SharedSecret;
import org.stratafed.server.client.account.SharedSecret.Registration;

/// Every endpoint of the client API once over HTTP, in the course of what clients do.
@QuarkusTest
@TestProfile(ClientHttpTest.OpenServer.class)
class ClientEndpointsHttpTest {

    private static final AtomicInteger USERS = new AtomicInteger();
    private static final String SERVER = "localhost%3A18448";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String V3 = "/_matrix/client/v3";

    /// Somebody who has just registered.
    ///
    /// @param path the user's ID, as it stands in a path
    private record User(String id, String path, String token) {}

    @Test
    void aClientFindsOutWhatTheServerCanDo() {
        String token = user().token();
        given().get("/_matrix/client/versions")
                .then()
                .statusCode(200)
                .body("versions", hasItem("v1.1"));
        get("", "/login").statusCode(200).body("flows.type", hasItem("m.login.password"));
        get(token, "/capabilities")
                .statusCode(200)
                .body("capabilities.'m.room_versions'.available.keySet()", hasItem("11"));
        get(token, "/pushrules/").statusCode(200).body("global", hasKey("override"));
        get(token, "/pushrules/global/").statusCode(200).body("$", hasKey("underride"));
        get("", "/capabilities").statusCode(401).body("errcode", equalTo("M_MISSING_TOKEN"));
    }

    @Test
    void anAccountIsMadeAndUsedFromSeveralDevicesUntilEachLogsOut() {
        User user = user();
        String name = user.id().substring(1, user.id().indexOf(':'));
        get("", "/register/available?username=" + name)
                .statusCode(400)
                .body("errcode", equalTo("M_USER_IN_USE"));
        String login =
                """
                {"type": "m.login.password", "password": "secret", "device_id": "PHONE",
                 "initial_device_display_name": "Phone",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """;
        String phone =
                post("", "/login", login.formatted(name))
                        .statusCode(200)
                        .body("user_id", equalTo(user.id()))
                        .body("device_id", equalTo("PHONE"))
                        .extract()
                        .path("access_token");
        get(phone, "/account/whoami")
                .statusCode(200)
                .body("user_id", equalTo(user.id()))
                .body("device_id", equalTo("PHONE"));
        post(phone, "/logout", "{}").statusCode(200);
        get(phone, "/account/whoami").statusCode(401).body("errcode", equalTo("M_UNKNOWN_TOKEN"));
        post(user.token(), "/logout/all", "{}").statusCode(200);
        get(user.token(), "/account/whoami").statusCode(401);
    }

    @Test
    void whoKnowsTheSecretMakesAccountsAsSynapsesToolsDo() {
        String name = "tool" + USERS.incrementAndGet();
        String path = "/_synapse/admin/v1/register";
        String nonce = given().get(path).then().statusCode(200).extract().path("nonce");
        var wish = new Registration(nonce, name, "secret", false, Optional.empty());
        String mac = new SharedSecret(ClientHttpTest.SECRET).macOf(wish);
        String body =
                "{\"nonce\": \"%s\", \"username\": \"%s\", \"password\": \"secret\","
                        + " \"admin\": false, \"mac\": \"%s\"}";

        given().body(body.formatted(nonce, name, mac.replace('a', 'b').replace('1', '2')))
                .post(path)
                .then()
                .statusCode(403);
        String another = given().get(path).then().extract().path("nonce");
        wish = new Registration(another, name, "secret", false, Optional.empty());
        mac = new SharedSecret(ClientHttpTest.SECRET).macOf(wish);
        given().body(body.formatted(another, name, mac))
                .post(path)
                .then()
                .statusCode(200)
                .body("access_token", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aRoomIsMadeOfAllThatIsAskedFor(String version) {
        User alice = user();
        User bob = user();
        String room =
                room(
                        alice,
                        """
                        {"preset": "public_chat", "name": "Lobby", "topic": "Talk",
                         "room_version": "%s", "invite": ["%s"], "is_direct": false,
                         "power_level_content_override": {"events_default": 5},
                         "creation_content": {"m.federate": false},
                         "initial_state": [{"type": "m.room.guest_access", "state_key": "",
                           "content": {"guest_access": "forbidden"}}]}
                        """
                                .formatted(version, bob.id()));

        state(alice, room, "m.room.name").body("name", equalTo("Lobby"));
        state(alice, room, "m.room.topic").body("topic", equalTo("Talk"));
        state(alice, room, "m.room.join_rules").body("join_rule", equalTo("public"));
        state(alice, room, "m.room.guest_access").body("guest_access", equalTo("forbidden"));
        state(alice, room, "m.room.power_levels").body("events_default", equalTo(5));
        state(alice, room, "m.room.create")
                .body("room_version", equalTo(version))
                .body("'m.federate'", equalTo(false));
        state(alice, room, "m.room.member/" + bob.path()).body("membership", equalTo("invite"));
        get(alice.token(), "/rooms/" + room + "/state")
                .statusCode(200)
                .body("type", hasItem("m.room.history_visibility"));
    }

    @Test
    void peopleComeTalkAndGo() {
        User alice = user();
        User bob = user();
        String room = room(alice, "{\"preset\": \"private_chat\"}");
        String rooms = "/rooms/" + room;
        post(bob.token(), "/join/" + room + "?server_name=" + SERVER, "{}")
                .statusCode(403)
                .body("errcode", equalTo("M_FORBIDDEN"));
        post(alice.token(), rooms + "/invite", target(bob)).statusCode(200);
        get(bob.token(), "/sync").statusCode(200).body("rooms.invite", hasKey(decoded(room)));
        post(bob.token(), "/join/" + room + "?via=" + SERVER, "{}")
                .statusCode(200)
                .body("room_id", equalTo(decoded(room)));
        get(bob.token(), "/joined_rooms").body("joined_rooms", hasItem(decoded(room)));
        String since = get(bob.token(), "/sync").extract().path("next_batch");

        String said =
                put(alice.token(), rooms + "/send/m.room.message/1", "{\"body\": \"hello\"}")
                        .statusCode(200)
                        .extract()
                        .path("event_id");
        assertThat(
                        put(alice.token(), rooms + "/send/m.room.message/1", "{\"body\": \"x\"}")
                                .extract()
                                .<String>path("event_id"))
                .as("sent again")
                .isEqualTo(said);
        get(bob.token(), "/sync?timeout=10000&since=" + since)
                .statusCode(200)
                .body(containsString("hello"));
        get(bob.token(), rooms + "/event/" + said.replace("$", "%24"))
                .statusCode(200)
                .body("content.body", equalTo("hello"));
        get(bob.token(), rooms + "/context/" + said.replace("$", "%24"))
                .statusCode(200)
                .body("event.event_id", equalTo(said));
        for (String direction : new String[] {"b", "f"}) {
            get(bob.token(), rooms + "/messages?limit=50&dir=" + direction)
                    .statusCode(200)
                    .body("chunk.event_id", hasItem(said));
        }
        put(bob.token(), rooms + "/redact/" + said.replace("$", "%24") + "/2", "{}")
                .statusCode(200);
        get(bob.token(), rooms + "/members").body("chunk.state_key", hasItem(bob.id()));
        get(bob.token(), rooms + "/joined_members").body("joined", hasKey(bob.id()));
        post(alice.token(), rooms + "/kick", target(bob)).statusCode(200);
        post(alice.token(), rooms + "/ban", target(bob)).statusCode(200);
        post(alice.token(), rooms + "/unban", target(bob)).statusCode(200);
        get(bob.token(), "/sync?since=" + since)
                .statusCode(200)
                .body("rooms.leave", hasKey(decoded(room)));
        post(alice.token(), rooms + "/leave", "{}").statusCode(200);
        post(alice.token(), rooms + "/forget", "{}").statusCode(200);
        get(alice.token(), rooms + "/state").statusCode(403);
    }

    @Test
    void namesAliasesAndWhatAClientKeepsAreSetReadAndTakenAway() {
        User alice = user();
        put(alice.token(), "/profile/" + alice.path() + "/displayname", "{\"displayname\": \"A\"}")
                .statusCode(200);
        get("", "/profile/" + alice.path()).body("displayname", equalTo("A"));
        get("", "/profile/" + alice.path() + "/displayname").body("displayname", equalTo("A"));
        String room = room(alice, "{}");
        state(alice, room, "m.room.member/" + alice.path()).body("displayname", equalTo("A"));

        String alias = "/directory/room/%23a" + USERS.incrementAndGet() + "%2Fb%3A" + SERVER;
        put(alice.token(), alias, "{\"room_id\": \"" + decoded(room) + "\"}").statusCode(200);
        get("", alias).statusCode(200).body("room_id", equalTo(decoded(room)));
        get(alice.token(), "/rooms/" + room + "/aliases").body("aliases[0]", containsString("/b:"));
        as(alice.token()).delete(V3 + alias).then().statusCode(200);
        get("", alias).statusCode(404).body("errcode", equalTo("M_NOT_FOUND"));

        String mine = "/user/" + alice.path();
        String filter =
                post(alice.token(), mine + "/filter", "{\"room\": {\"timeline\": {\"limit\": 3}}}")
                        .statusCode(200)
                        .extract()
                        .path("filter_id");
        get(alice.token(), mine + "/filter/" + filter).body("room.timeline.limit", equalTo(3));
        get(user().token(), mine + "/filter/" + filter).statusCode(403);
        put(alice.token(), mine + "/account_data/m.direct", "{\"a\": []}").statusCode(200);
        get(alice.token(), mine + "/account_data/m.direct").body("$", hasKey("a"));
        String ofRoom = mine + "/rooms/" + room + "/account_data/m.tag";
        put(alice.token(), ofRoom, "{\"tags\": {}}").statusCode(200);
        get(alice.token(), ofRoom).body("$", hasKey("tags"));
    }

    @Test
    void aWebPageOfAnyOriginMayAskEvenBeforeItHasAToken() {
        for (String path : new String[] {V3 + "/sync", "/_matrix/client/versions"}) {
            given().header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "PUT")
                    .header("Access-Control-Request-Headers", "authorization")
                    .options(path)
                    .then()
                    .statusCode(204)
                    .header("Access-Control-Allow-Origin", "*")
                    .header("Access-Control-Allow-Methods", containsString("PUT"))
                    .header("Access-Control-Allow-Headers", containsString("Authorization"));
        }
        get("", "/sync").statusCode(401).header("Access-Control-Allow-Origin", "*");
        get("", "/nothing").statusCode(404).header("Access-Control-Allow-Origin", "*");
    }

    @Test
    void whereOtherServersFindThisOneAndItsKeysIsToldHereToo() {
        given().get("/.well-known/matrix/server")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("'m.server'", equalTo("elsewhere.example:443"));
        given().get("/_matrix/key/v2/server")
                .then()
                .statusCode(200)
                .body("server_name", equalTo("localhost:18448"));
        given().get("/_matrix/federation/v1/version")
                .then()
                .statusCode(404)
                .body("errcode", equalTo("M_UNRECOGNIZED"));
    }

    @Test
    void aBodyIsJsonWhateverTypeItIsSaidToBeOf() {
        User alice = user();
        for (String type : new String[] {"text/plain", FORM, "application/xml"}) {
            as(alice.token())
                    .config(config().encoderConfig(encoderConfig().encodeContentTypeAs(FORM, TEXT)))
                    .contentType(type)
                    .body("{\"name\": \"n\"}")
                    .post(V3 + "/createRoom")
                    .then()
                    .statusCode(200)
                    .contentType("application/json");
        }
    }

    private static User user() {
        String name = "user" + USERS.incrementAndGet();
        String body =
                "{\"username\": \"%s\", \"password\": \"secret\","
                        + " \"auth\": {\"type\": \"m.login.dummy\"}}";
        String token =
                post("", "/register", body.formatted(name))
                        .statusCode(200)
                        .extract()
                        .path("access_token");
        return new User(
                "@" + name + ":localhost:18448", "%40" + name + "%3Alocalhost%3A18448", token);
    }

    /// A room's ID, as it stands in a path.
    private static String room(User creator, String request) {
        String id = post(creator.token(), "/createRoom", request).extract().path("room_id");
        return id.replace("!", "%21").replace(":", "%3A");
    }

    private static ValidatableResponse state(User user, String room, String key) {
        return get(user.token(), "/rooms/" + room + "/state/" + key).statusCode(200);
    }

    private static String target(User user) {
        return "{\"user_id\": \"" + user.id() + "\"}";
    }

    private static String decoded(String room) {
        return room.replace("%21", "!").replace("%3A", ":");
    }

    private static ValidatableResponse get(String token, String target) {
        return as(token).get(V3 + target).then();
    }

    private static ValidatableResponse put(String token, String target, String body) {
        return as(token).body(body).put(V3 + target).then();
    }

    private static ValidatableResponse post(String token, String target, String body) {
        return as(token).body(body).post(V3 + target).then();
    }

    private static RequestSpecification as(String token) {
        var request = given().urlEncodingEnabled(false);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
