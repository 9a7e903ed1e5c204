package org.stratafed.benchmarks;

import java.util.Collections;
import java.util.OptionalLong;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.PduReceipt;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// A message of about 1.2 KB, as it is on the wire, and what is needed to check it.
final class ReceivedEvent {

    private static final ServerName ORIGIN = new ServerName("origin");
    private static final int BODY_CHARS = 500;
    private static final int CITED = 3;

    private final Signatures signatures = SignatureProviders.fastest();
    private final SigningKey key =
            new SigningKey(new KeyId("ed25519:bench"), new byte[SigningKey.SEED_BYTES]);
    private final VerifyKey publicKey = signatures.verifyKey(key);
    private final KeyBook keys =
            KeyBook.empty()
                    .with(ORIGIN, new ServerKey(publicKey, Long.MAX_VALUE, OptionalLong.empty()));
    private final byte[] bytes;
    private final byte[] message;
    private final byte[] signature;

    ReceivedEvent() {
        var signed = EventSigner.sign(BenchmarkRoom.RULES, message(), ORIGIN, key, signatures);
        bytes = CanonicalJson.encode(signed);
        message = CanonicalJson.encode(signed.without("signatures"));
        signature = signatures.sign(key, message);
    }

    private static JsonObject message() {
        var cited = new JsonString("$" + "x".repeat(43));
        return JsonObject.builder()
                .put("type", "m.room.message")
                .put("sender", "@alice:" + ORIGIN)
                .put("room_id", "!benchmark:origin")
                .put("content", JsonObject.builder().put("body", "b".repeat(BODY_CHARS)).build())
                .put("depth", 1_000)
                .put("origin_server_ts", 1_700_000_000_000L)
                .put("prev_events", array(cited))
                .put("auth_events", array(cited))
                .build();
    }

    private static JsonArray array(JsonString cited) {
        return new JsonArray(Collections.nCopies(CITED, cited));
    }

    int size() {
        return bytes.length;
    }

    JsonObject parse() {
        return JsonReader.readObject(bytes);
    }

    Pdu read() {
        return EventParser.event(BenchmarkRoom.RULES, parse());
    }

    /// All checks that an event passes on its own: format, signature, hash.
    ReceivedPdu check() {
        return PduReceipt.check(BenchmarkRoom.RULES, new RawPdu(parse()), keys, signatures);
    }

    /// What no check can do without.
    boolean verify() {
        return signatures.verify(publicKey, message, signature);
    }
}
