package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.event.EventSigner;

/// A room of alpha's with Bob of beta in it, and a third server, the warden, that looks at its
/// events.
abstract class PolicyServerStage extends HandshakeStage {

    static final KeyId POLICY_KEY = new KeyId("ed25519:policy_server");
    static final UserId GUARD = new UserId("@guard:warden");

    private static final Signatures SIGNATURES = SignatureProviders.fastest();

    Neighbour warden;

    @BeforeEach
    void openWarden() {
        warden = new Neighbour("warden", directory, loop, street);
        warden.signs = event -> Uni.createFrom().item(signature(event, "first"));
        create("12", "public");
        beta.get(this::joining);
        alpha.push(beta);
    }

    @AfterEach
    void closeWarden() {
        warden.close();
    }

    /// From here on the room has a policy server.
    void choose() {
        wardenJoins();
        name("first");
    }

    void wardenJoins() {
        warden.get(() -> warden.pdu.join(room, GUARD, List.of(alpha.name), JsonObject.empty()));
        alpha.push(warden);
        alpha.push(beta);
    }

    /// Has the room name the warden, with this key of its.
    EventId name(String key) {
        return name(UnpaddedBase64.encodeUrl(SIGNATURES.verifyKey(key(key)).bytes()), "");
    }

    EventId name(String publicKey, String stateKey) {
        var content =
                JsonObject.builder()
                        .put("via", "warden")
                        .put("public_keys", JsonObject.builder().put("ed25519", publicKey).build())
                        .build();
        var draft = EventDraft.state(room, ALICE, "m.room.policy", stateKey, content);
        var event = alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
        alpha.push(beta);
        alpha.push(warden);
        return event;
    }

    static SigningKey key(String name) {
        return new SigningKey(POLICY_KEY, Sha256.digest(name.getBytes()));
    }

    /// What the warden answers to a question whether the event may pass.
    static JsonObject signature(RawPdu event, String key) {
        var signed =
                EventSigner.addSignature(
                        RULES, event.json(), new ServerName("warden"), key(key), SIGNATURES);
        var made =
                signed.object("signatures")
                        .flatMap(all -> all.object("warden"))
                        .flatMap(keys -> keys.string(POLICY_KEY.value()))
                        .orElseThrow();
        return JsonObject.builder()
                .put("warden", JsonObject.builder().put(POLICY_KEY.value(), made).build())
                .build();
    }

    static Uni<JsonObject> refusal(int status, String errcode, String error) {
        return Uni.createFrom()
                .failure(
                        new RemoteFailure.Refused(
                                status, Optional.of(errcode), error, OptionalLong.empty()));
    }

    static boolean isSignedBy(StoredEvent event, String server, String key) {
        return JsonSigning.signature(event.pdu().json(), new ServerName(server), new KeyId(key))
                .isPresent();
    }

    EventDraft message(UserId sender, String text) {
        return EventDraft.message(room, sender, "m.room.message", body(text));
    }

    EventId say(String text) {
        return alpha.get(() -> alpha.pdu.submit(message(ALICE, text), Optional.empty()));
    }

    /// A message of somebody's of another server, after the newest that alpha has, or after this
    /// one.
    RawPdu made(Neighbour by, UserId sender, String text, Optional<RawPdu> after) {
        var tip = alpha.get(() -> alpha.stores().rooms().snapshot(room)).orElseThrow();
        var newest = tip.extremities().firstEntry();
        var state = alpha.get(() -> alpha.pdu.state(room)).orElseThrow();
        var auth =
                List.of(
                        state.event("m.room.power_levels", "").orElseThrow().id().value(),
                        state.event("m.room.member", sender.value()).orElseThrow().id().value());
        var prev = after.map(it -> id(it).value()).orElse(newest.getKey().value());
        return by.made(
                RULES,
                JsonObject.builder()
                        .put("type", "m.room.message")
                        .put("room_id", room.value())
                        .put("sender", sender.value())
                        .put("content", body(text))
                        .put("depth", JsonNumber.of(newest.getValue().depth() + 1))
                        .put("origin_server_ts", 1)
                        .put("prev_events", JsonArray.ofStrings(List.of(prev)))
                        .put("auth_events", JsonArray.ofStrings(auth))
                        .build());
    }

    RawPdu ofBob(String text) {
        return made(beta, BOB, text, Optional.empty());
    }

    Optional<StoredEvent> stored(Neighbour at, EventId id) {
        return Optional.ofNullable(
                at.get(() -> at.stores().rooms().events(room, List.of(id))).get(id));
    }
}
