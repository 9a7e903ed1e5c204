package org.stratafed.server.command.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;

/// A room of room version 11, written down event by event, hashed and signed as servers do it.
final class WrittenRoom {

    static final RoomVersionRules RULES = RoomVersionRules.of(new RoomVersion("11")).orElseThrow();
    static final Signatures SIGNATURES = SignatureProviders.fastest();
    static final SigningKey KEY = new SigningKey(new KeyId("ed25519:1"), new byte[32]);
    static final ServerName SERVER = new ServerName("a");

    private final List<JsonObject> events = new ArrayList<>();

    /// Adds an event and answers it with its ID.
    Pdu add(String sender, String type, Optional<String> key, String content, Cited cited) {
        var event = signed(draft(sender, type, key, content, cited));
        events.add(event);
        return EventParser.event(RULES, event);
    }

    Pdu state(String sender, String type, String key, String content, Cited cited) {
        return add(sender, type, Optional.of(key), content, cited);
    }

    void addAsItIs(JsonObject event) {
        events.add(event);
    }

    JsonObject input() {
        return JsonObject.builder()
                .put("room_version", "11")
                .put("events", JsonArray.of(events))
                .build();
    }

    static JsonObject keys() {
        var key = UnpaddedBase64.encode(SIGNATURES.verifyKey(KEY).bytes());
        var ofServer = JsonObject.builder().put("ed25519:1", key).build();
        return JsonObject.builder().put(SERVER.value(), ofServer).build();
    }

    static JsonObject signed(JsonObject event) {
        return EventSigner.sign(RULES, event, SERVER, KEY, SIGNATURES);
    }

    JsonObject draft(
            String sender, String type, Optional<String> key, String content, Cited cited) {
        var event =
                JsonObject.builder()
                        .put("room_id", "!r:a")
                        .put("type", type)
                        .put("sender", sender)
                        .put("content", JsonReader.readObject(content.getBytes(UTF_8)))
                        .put("depth", events.size() + 1)
                        .put("origin_server_ts", 1_000L + events.size())
                        .put("prev_events", ids(cited.previous()))
                        .put("auth_events", ids(cited.auth()));
        key.ifPresent(it -> event.put("state_key", it));
        return event.build();
    }

    private static JsonArray ids(List<Pdu> events) {
        return JsonArray.ofStrings(events.stream().map(Pdu::id).map(EventId::value).toList());
    }

    record Cited(List<Pdu> previous, List<Pdu> auth) {

        static final Cited NOTHING = new Cited(List.of(), List.of());

        static Cited after(Pdu... previous) {
            return new Cited(Arrays.asList(previous), List.of());
        }

        Cited by(Pdu... auth) {
            return new Cited(previous, Arrays.asList(auth));
        }
    }
}
