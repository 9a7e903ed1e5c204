package org.stratafed.server.engine.pdu.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;

/// Events to check, and the keys they are signed with.
final class TestEvents {

    static final RoomVersionRules V10 = rules("10");
    static final RoomVersionRules V11 = rules("11");
    static final RoomVersionRules V12 = rules("12");

    static final Signatures SIGNATURES = SignatureProviders.fastest();
    static final ServerName DOMAIN = new ServerName("domain");
    static final ServerName OTHER = new ServerName("other");
    static final long TS = 1_000_000;

    /// Of the specification's test vectors.
    static final SigningKey KEY =
            new SigningKey(
                    new KeyId("ed25519:1"),
                    Base64.getDecoder().decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"));

    private static final String EVENT_ID = "$oFAil2fHTGY66j9PIsC3hnc-_6r2SQGxCzd1_FUgtOE";
    private static final String ROOM_HASH = "!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM";

    private TestEvents() {}

    static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /// A message, neither hashed nor signed.
    static JsonObject message(RoomVersionRules rules) {
        return json(
                """
                {'type': 'm.room.message', 'sender': '@a:domain', 'room_id': '%s',
                 'content': {'body': 'hello', 'msgtype': 'm.text'},
                 'depth': 3, 'origin_server_ts': 1000000,
                 'prev_events': ['%s'], 'auth_events': ['%s'],
                 'hashes': {}, 'signatures': {}}
                """
                        .formatted(
                                rules.roomIdIsCreateHash() ? ROOM_HASH : "!r:domain",
                                EVENT_ID,
                                EVENT_ID));
    }

    /// The user's own membership, neither hashed nor signed.
    static JsonObject member(RoomVersionRules rules, String content) {
        return message(rules)
                .with("type", new JsonString("m.room.member"))
                .with("state_key", new JsonString("@a:domain"))
                .with("content", json(content));
    }

    /// Hashed and signed as its sender's server does.
    static JsonObject signed(RoomVersionRules rules, JsonObject event) {
        return EventSigner.sign(rules, event, DOMAIN, KEY, SIGNATURES);
    }

    static JsonObject signedMessage(RoomVersionRules rules) {
        return signed(rules, message(rules));
    }

    /// Of [#DOMAIN], as it stands in the event.
    static String signatureBy(JsonObject event, SigningKey key) {
        return event.object("signatures")
                .flatMap(all -> all.object(DOMAIN.value()))
                .flatMap(ofServer -> ofServer.string(key.id().value()))
                .orElseThrow();
    }

    static RawPdu raw(JsonObject json) {
        return new RawPdu(json);
    }

    static SigningKey key(String id) {
        var seed = new byte[SigningKey.SEED_BYTES];
        seed[0] = (byte) id.hashCode();
        return new SigningKey(new KeyId(id), seed);
    }

    /// A key in use, valid until shortly after the events.
    static ServerKey current(SigningKey key) {
        return new ServerKey(SIGNATURES.verifyKey(key), TS + 1, OptionalLong.empty());
    }

    static KeyBook keys() {
        return KeyBook.empty().with(DOMAIN, current(KEY));
    }

    private static RoomVersionRules rules(String version) {
        return RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }
}
