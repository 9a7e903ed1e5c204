package org.stratafed.server.command.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;

/// What is to be judged: `{"room_version", "events", "keys"}`.
///
/// @param events whatever stands there, of which some may be no events at all
/// @param keys the keys to check signatures with; empty if they aren't to be checked
record JudgeInput(RoomVersionRules rules, List<JsonValue> events, Optional<KeyBook> keys) {

    static JudgeInput parse(byte[] text) {
        var root = readObject(text);
        return new JudgeInput(rules(root), events(root), keys(root));
    }

    private static JsonObject readObject(byte[] text) {
        try {
            return JsonReader.readObject(text);
        } catch (MalformedJsonException e) {
            throw new InvalidInput("the input is not a JSON object: " + e.getMessage());
        }
    }

    private static RoomVersionRules rules(JsonObject root) {
        var text =
                root.string("room_version")
                        .orElseThrow(() -> new InvalidInput("\"room_version\" must be a string"));
        return RoomVersion.parse(text)
                .flatMap(RoomVersionRules::of)
                .orElseThrow(
                        () ->
                                new InvalidInput(
                                        "room version "
                                                + text
                                                + " is not supported; these are: "
                                                + RoomVersionRules.supported().stream()
                                                        .map(RoomVersion::id)
                                                        .collect(Collectors.joining(", "))));
    }

    private static List<JsonValue> events(JsonObject root) {
        return root.array("events")
                .map(JsonArray::items)
                .orElseThrow(() -> new InvalidInput("\"events\" must be an array"));
    }

    private static Optional<KeyBook> keys(JsonObject root) {
        return root.get("keys")
                .map(
                        value ->
                                value instanceof JsonObject servers
                                        ? keyBook(servers)
                                        : wrong("\"keys\" must be an object"));
    }

    private static KeyBook keyBook(JsonObject servers) {
        var book = new LinkedHashMap<ServerName, List<ServerKey>>();
        servers.members()
                .forEach(
                        (name, value) -> {
                            var server =
                                    ServerName.parse(name)
                                            .orElseThrow(
                                                    () ->
                                                            new InvalidInput(
                                                                    "\"keys\": not a server name: "
                                                                            + name));
                            book.put(server, keysOf(name, value));
                        });
        return KeyBook.of(book);
    }

    private static List<ServerKey> keysOf(String server, JsonValue value) {
        if (!(value instanceof JsonObject ofServer)) {
            return wrong("\"keys\" of " + server + " must be an object");
        }
        var keys = new ArrayList<ServerKey>();
        ofServer.members()
                .forEach(
                        (id, key) -> {
                            var parsed =
                                    key instanceof JsonString(var base64)
                                            ? KeyId.parse(id)
                                                    .flatMap(it -> VerifyKey.parse(it, base64))
                                            : Optional.<VerifyKey>empty();
                            keys.add(
                                    parsed.map(JudgeInput::valid)
                                            .orElseGet(
                                                    () ->
                                                            wrong(
                                                                    "\"keys\" of "
                                                                            + server
                                                                            + ": "
                                                                            + id
                                                                            + " is no Ed25519 key"
                                                                            + " in unpadded"
                                                                            + " base64")));
                        });
        return keys;
    }

    /// Good for events of any time: how long it was valid is not among what is told.
    private static ServerKey valid(VerifyKey key) {
        return new ServerKey(key, Long.MAX_VALUE, OptionalLong.empty());
    }

    private static <T> T wrong(String what) {
        throw new InvalidInput(what);
    }

    /// An entry of `events`, if it is an object.
    static Optional<RawPdu> raw(JsonValue value) {
        return value instanceof JsonObject json ? Optional.of(new RawPdu(json)) : Optional.empty();
    }
}
