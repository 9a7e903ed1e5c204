package org.stratafed.simulator.policy;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.PolicySign;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.simulator.host.Guest;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.VirtualTime;

/// A policy server: it is in the room with one user, tells its keys, takes every transaction, and
/// signs what it lets pass. It knows nothing else of the room.
public final class PolicyPeer implements WireHandler {

    public static final ServerName NAME = new ServerName("warden");
    static final UserId USER = new UserId("@guard:" + NAME);

    private static final String TYPE = "m.room.policy";
    private static final KeyId KEY_ID = new KeyId("ed25519:policy_server");
    private static final Duration SLOWNESS = Duration.ofSeconds(20);

    private final Simulation simulation;
    private final RoomVersionRules rules;
    private final Guest guest;
    private final SigningKey serverKey = key("ed25519:server", "its own");
    private PolicyMood mood = PolicyMood.WELL;

    PolicyPeer(Simulation simulation, RoomVersionRules rules) {
        this.simulation = simulation;
        this.rules = rules;
        guest = new Guest(simulation, NAME, serverKey);
        guest.listen(this);
    }

    private static SigningKey key(String id, String secret) {
        return new SigningKey(
                new KeyId(id), Sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    Guest guest() {
        return guest;
    }

    SigningKey serverKey() {
        return serverKey;
    }

    public void is(PolicyMood mood) {
        this.mood = mood;
    }

    /// What a room says that has chosen it.
    JsonObject policy() {
        var key = simulation.signatures().verifyKey(key(KEY_ID.value(), "first"));
        return JsonObject.builder()
                .put("via", NAME.value())
                .put(
                        "public_keys",
                        JsonObject.builder()
                                .put("ed25519", UnpaddedBase64.encodeUrl(key.bytes()))
                                .build())
                .build();
    }

    @Override
    public Uni<WireResponse> onRequest(WireRequest request) {
        var path = request.target();
        if (PolicySign.ENDPOINT.path().match(path).isPresent()) {
            return mood == PolicyMood.SILENT
                    ? Uni.createFrom().nothing()
                    : asked(JsonReader.readObject(request.body()));
        }
        if (SendTransaction.ENDPOINT.path().match(path).isPresent()) {
            return answer(200, JsonObject.empty().with("pdus", JsonObject.empty()));
        }
        return path.startsWith("/_matrix/key/v2/server")
                ? answer(200, keys())
                : answer(404, error("M_UNRECOGNIZED", "a policy server does nothing else"));
    }

    private Uni<WireResponse> asked(JsonObject event) {
        if (event.string("type").equals(Optional.of(TYPE))
                && event.string("state_key").equals(Optional.of(""))) {
            simulation
                    .violations()
                    .add("the policy server is asked who is to be policy server: " + event);
        }
        return switch (mood) {
            case WELL, SILENT -> verdict(event, "first");
            case REKEYED -> verdict(event, "second");
            case SLOW -> later(verdict(event, "first"));
            case FAILING -> answer(503, error("M_UNKNOWN", "not now"));
            case GARBLED ->
                    answer(
                            200,
                            JsonObject.builder()
                                    .put(NAME.value(), JsonObject.builder().put("k", "x").build())
                                    .build());
        };
    }

    private Uni<WireResponse> later(Uni<WireResponse> answer) {
        return Uni.createFrom()
                .emitter(
                        emitter ->
                                simulation
                                        .time()
                                        .schedule(
                                                VirtualTime.Kind.TIMER,
                                                SLOWNESS.toNanos(),
                                                () ->
                                                        answer.subscribe()
                                                                .with(
                                                                        emitter::complete,
                                                                        emitter::fail)));
    }

    private Uni<WireResponse> verdict(JsonObject event, String key) {
        return isSpam(event)
                ? answer(400, error("M_FORBIDDEN", "that looks like spam"))
                : answer(200, signature(event, key));
    }

    /// Some of what is said, whoever says it and however often he asks.
    static boolean isSpam(JsonObject event) {
        return event.object("content")
                .flatMap(content -> content.string("body"))
                .filter(body -> body.contains("spam") || body.matches("message .*3"))
                .isPresent();
    }

    private JsonObject signature(JsonObject event, String key) {
        var unsigned = event.without("signatures");
        return EventSigner.addSignature(
                        rules, unsigned, NAME, key(KEY_ID.value(), key), simulation.signatures())
                .object("signatures")
                .orElseThrow();
    }

    private JsonObject keys() {
        var key = simulation.signatures().verifyKey(serverKey);
        var published = JsonObject.builder().put("key", UnpaddedBase64.encode(key.bytes())).build();
        var keys =
                JsonObject.builder()
                        .put("server_name", NAME.value())
                        .put(
                                "verify_keys",
                                JsonObject.builder().put(serverKey.id().value(), published).build())
                        .put("old_verify_keys", JsonObject.empty())
                        .put("valid_until_ts", guest.now() + Duration.ofDays(1).toMillis())
                        .build();
        return JsonSigning.sign(keys, NAME, serverKey, simulation.signatures());
    }

    private static JsonObject error(String code, String error) {
        return JsonObject.builder().put("errcode", code).put("error", error).build();
    }

    private static Uni<WireResponse> answer(int status, JsonObject body) {
        return Uni.createFrom()
                .item(
                        new WireResponse(
                                status,
                                List.of(new WireHeader("Content-Type", "application/json")),
                                WireBody.of(JsonWriter.write(body))));
    }
}
