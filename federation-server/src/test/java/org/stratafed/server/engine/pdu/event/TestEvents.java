package org.stratafed.server.engine.pdu.event;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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

    static final RoomVersionRules V1 = rules("1");
    static final RoomVersionRules V2 = rules("2");
    static final RoomVersionRules V3 = rules("3");
    static final RoomVersionRules V4 = rules("4");
    static final RoomVersionRules V5 = rules("5");
    static final RoomVersionRules V6 = rules("6");
    static final RoomVersionRules V7 = rules("7");
    static final RoomVersionRules V8 = rules("8");
    static final RoomVersionRules V9 = rules("9");
    static final RoomVersionRules V10 = rules("10");
    static final RoomVersionRules V11 = rules("11");
    static final RoomVersionRules V12 = rules("12");

    /// All that there are, oldest first.
    static final List<RoomVersionRules> ALL =
            List.of(V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12);

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

    /// A message, neither hashed nor signed; with an ID where its sender chooses that.
    static JsonObject message(RoomVersionRules rules) {
        boolean isHash = rules.eventIdFormat().isReferenceHash();
        String cited = isHash ? "'%s'" : "['%s', {'sha256': 'aGFzaA'}]";
        JsonObject message = message(rules, cited.formatted(EVENT_ID));
        return isHash ? message : message.with("event_id", new JsonString("$e:domain"));
    }

    private static JsonObject message(RoomVersionRules rules, String cited) {
        return json(
                """
                {'type': 'm.room.message', 'sender': '@a:domain', 'room_id': '%s',
                 'content': {'body': 'hello', 'msgtype': 'm.text'},
                 'depth': 3, 'origin_server_ts': 1000000,
                 'prev_events': [%s], 'auth_events': [%s],
                 'hashes': {}, 'signatures': {}}
                """
                        .formatted(
                                rules.roomIdIsCreateHash() ? ROOM_HASH : "!r:domain",
                                cited,
                                cited));
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
