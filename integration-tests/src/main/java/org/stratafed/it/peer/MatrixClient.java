package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.stratafed.api.layer.transport.endpoint.PercentCoding;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.MalformedJsonException;

/// A user at a homeserver, over the client-server API: any homeserver's.
public final class MatrixClient {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(120);
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient http;
    private final URI homeserver;
    private Optional<String> token = Optional.empty();
    private Optional<String> since = Optional.empty();
    private String userId = "";
    private int transaction;
    private final Timeline timeline = new Timeline();

    public MatrixClient(HttpClient http, URI homeserver) {
        this.http = http;
        this.homeserver = homeserver;
    }

    /// An answer: its status, and its body as JSON.
    public record Answer(int status, JsonObject body) {

        public String string(String key) {
            return body.string(key)
                    .orElseThrow(() -> new AssertionError("no " + key + " in " + body));
        }

        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + ", got " + status + ": " + body);
            }
            return this;
        }
    }

    /// Another who speaks for the same user, and has seen nothing yet.
    public MatrixClient again() {
        return new MatrixClient(http, homeserver).signedIn(userId, token());
    }

    /// Registers with the dummy flow, where open registration is switched on.
    public MatrixClient register(String localpart, String password) {
        var body =
                JsonObject.builder()
                        .put("username", localpart)
                        .put("password", password)
                        .put("auth", JsonObject.builder().put("type", "m.login.dummy").build())
                        .build();
        signedIn(call("POST", "/_matrix/client/v3/register", Optional.of(body)).expect(200));
        return this;
    }

    public MatrixClient login(String localpart, String password) {
        var body =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put(
                                "identifier",
                                JsonObject.builder()
                                        .put("type", "m.id.user")
                                        .put("user", localpart)
                                        .build())
                        .put("password", password)
                        .build();
        signedIn(call("POST", "/_matrix/client/v3/login", Optional.of(body)).expect(200));
        return this;
    }

    /// Takes on a session that was made otherwise.
    public MatrixClient signedIn(String user, String accessToken) {
        userId = user;
        token = Optional.of(accessToken);
        return this;
    }

    private void signedIn(Answer answer) {
        signedIn(answer.string("user_id"), answer.string("access_token"));
    }

    public String userId() {
        return userId;
    }

    public String token() {
        return token.orElseThrow();
    }

    public URI homeserver() {
        return homeserver;
    }

    public String createRoom(JsonObject request) {
        return post("/createRoom", request).expect(200).string("room_id");
    }

    public String createPublicRoom(String alias, String version) {
        return createRoom(
                JsonObject.builder()
                        .put("preset", "public_chat")
                        .put("room_alias_name", alias)
                        .put("room_version", version)
                        .build());
    }

    public String join(String roomOrAlias, String... via) {
        return tryJoin(roomOrAlias, via).expect(200).string("room_id");
    }

    public Answer tryJoin(String roomOrAlias, String... via) {
        return enter("join", roomOrAlias, via);
    }

    public Answer knock(String room, String via) {
        return enter("knock", room, via);
    }

    private Answer enter(String how, String roomOrAlias, String... via) {
        var query = new StringBuilder();
        for (var server : via) {
            query.append(query.isEmpty() ? '?' : '&').append("server_name=").append(encode(server));
            query.append("&via=").append(encode(server));
        }
        return post("/" + how + "/" + encode(roomOrAlias) + query, JsonObject.empty());
    }

    public void leave(String room) {
        post("/rooms/" + encode(room) + "/leave", JsonObject.empty()).expect(200);
    }

    public void invite(String room, String user) {
        var body = JsonObject.builder().put("user_id", user).build();
        post("/rooms/" + encode(room) + "/invite", body).expect(200);
    }

    /// Does one of `kick`, `ban`, `unban` to a user.
    public Answer moderate(String room, String action, String user) {
        var body = JsonObject.builder().put("user_id", user).put("reason", "moderation").build();
        return post("/rooms/" + encode(room) + "/" + action, body);
    }

    /// Says something; answers the event's id.
    public String say(String room, String text) {
        return say(room, text, "t" + System.nanoTime() + "." + transaction++);
    }

    public String say(String room, String text, String transactionId) {
        return trySay(room, text, transactionId).expect(200).string("event_id");
    }

    public Answer trySay(String room, String text, String transactionId) {
        var body = JsonObject.builder().put("msgtype", "m.text").put("body", text).build();
        return put(
                "/rooms/" + encode(room) + "/send/m.room.message/" + encode(transactionId), body);
    }

    /// Takes back what was said; answers the redaction's id.
    public String redact(String room, String eventId) {
        var path =
                "/rooms/" + encode(room) + "/redact/" + encode(eventId) + "/of" + encode(eventId);
        var body = JsonObject.builder().put("reason", "not meant so").build();
        return put(path, body).expect(200).string("event_id");
    }

    public String setState(String room, String type, String stateKey, JsonObject content) {
        return put(
                        "/rooms/"
                                + encode(room)
                                + "/state/"
                                + encode(type)
                                + "/"
                                + encode(stateKey),
                        content)
                .expect(200)
                .string("event_id");
    }

    public Answer state(String room, String type, String stateKey) {
        return get("/rooms/" + encode(room) + "/state/" + encode(type) + "/" + encode(stateKey));
    }

    /// Answers with the event's id where it is allowed.
    public Answer trySetState(String room, String type, JsonObject content) {
        return put("/rooms/" + encode(room) + "/state/" + encode(type) + "/", content);
    }

    /// The room's whole current state, as this user's server shows it.
    public List<JsonObject> state(String room) {
        var path = "/_matrix/client/v3/rooms/" + encode(room) + "/state";
        var answer = exchange("GET", path, Optional.empty());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + json(answer.body()));
        }
        return ((JsonArray) JsonReader.read(answer.body())).objects();
    }

    /// Whether this user's server shows the event.
    public boolean shows(String room, String eventId) {
        return get("/rooms/" + encode(room) + "/event/" + encode(eventId)).status() == 200;
    }

    /// A user's membership in the room's current state, as this user's server has it.
    public Optional<String> membership(String room, String user) {
        return state(room, "m.room.member", user).body().string("membership");
    }

    /// One round of sync: what is new is added to what was seen.
    public void sync(Duration timeout) {
        var query =
                "?timeout="
                        + timeout.toMillis()
                        + since.map(token -> "&since=" + encode(token)).orElse("")
                        + "&filter="
                        + encode("{\"room\":{\"timeline\":{\"limit\":500}}}");
        var answer = get("/sync" + query).expect(200);
        since = Optional.of(answer.string("next_batch"));
        timeline.take(answer.body(), this::before);
    }

    /// One page of history, newest first.
    private Answer before(String room, String token) {
        return get("/rooms/" + encode(room) + "/messages?dir=b&limit=30&from=" + encode(token))
                .expect(200);
    }

    /// All that this user's server shows of a room when asked for its history now, oldest first.
    public List<JsonObject> history(String room) {
        var last = get("/rooms/" + encode(room) + "/messages?dir=b&limit=30").expect(200);
        return Timeline.history(room, last, this::before);
    }

    /// Syncs until this user has seen it.
    public void until(String what, Duration patience, Predicate<MatrixClient> seen) {
        var end = Instant.now().plus(patience);
        while (!seen.test(this)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        userId
                                + " waited "
                                + patience
                                + " and did not see: "
                                + what
                                + "; it saw: "
                                + timeline.contents());
            }
            sync(SYNC_TIMEOUT);
        }
    }

    /// The texts said in a room, in the order they have there, repeats included.
    public List<String> messages(String room) {
        return timeline.messages(room);
    }

    /// The texts in a room's history as this user's server has it now, oldest first.
    public List<String> historicMessages(String room) {
        return Timeline.texts(history(room));
    }

    /// All events that sync showed, with what was paged in where it left something out.
    public List<JsonObject> seen() {
        return timeline.seen();
    }

    public boolean isInvited(String room) {
        return timeline.isInvited(room);
    }

    public boolean hasLeft(String room) {
        return timeline.hasLeft(room);
    }

    public Answer get(String path) {
        return call("GET", "/_matrix/client/v3" + path, Optional.empty());
    }

    public Answer post(String path, JsonObject body) {
        return call("POST", "/_matrix/client/v3" + path, Optional.of(body));
    }

    public Answer put(String path, JsonObject body) {
        return call("PUT", "/_matrix/client/v3" + path, Optional.of(body));
    }

    /// Any request, as this user when signed in.
    public Answer call(String method, String path, Optional<JsonObject> body) {
        var answer = exchange(method, path, body);
        return new Answer(answer.statusCode(), json(answer.body()));
    }

    private HttpResponse<byte[]> exchange(String method, String path, Optional<JsonObject> body) {
        var request =
                HttpRequest.newBuilder(URI.create(homeserver + path)).timeout(ANSWER_PATIENCE);
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        request.method(
                method,
                body.map(CanonicalJson::encode)
                        .map(HttpRequest.BodyPublishers::ofByteArray)
                        .orElse(HttpRequest.BodyPublishers.noBody()));
        body.ifPresent(_ -> request.header("Content-Type", "application/json"));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + homeserver + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonObject json(byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (MalformedJsonException e) {
            throw new AssertionError("not JSON: " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    public static String encode(String part) {
        return PercentCoding.encode(part);
    }
}
