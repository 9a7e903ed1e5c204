package org.stratafed.simulator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.PathTemplate;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.simulator.loop.SimClock;

/// What a hostile peer says to those who ask it. It tells its keys, takes every transaction, and
/// knows nothing else until it has made something up.
final class Answers implements WireHandler {

    static final PathTemplate KEYS = new PathTemplate("/_matrix/key/v2/server");
    static final PathTemplate KEYS_OF_OTHERS = new PathTemplate("/_matrix/key/v2/query");

    private final HostilePeer peer;
    private final Map<PathTemplate, Function<Asked, WireResponse>> made = new LinkedHashMap<>();

    Answers(HostilePeer peer) {
        this.peer = peer;
        made.put(KEYS, _ -> json(keys()));
        made.put(
                SendTransaction.ENDPOINT.path(),
                _ -> json(JsonObject.empty().with("pdus", JsonObject.empty())));
    }

    /// A question that came.
    ///
    /// @param parameters of the path
    record Asked(List<String> parameters, WireRequest request) {}

    /// From now on this is what it says there.
    void give(PathTemplate path, Function<Asked, WireResponse> answer) {
        made.put(path, answer);
    }

    /// The same for an endpoint, with JSON.
    void give(Endpoint<?, ?> endpoint, JsonValue answer) {
        give(endpoint.path(), _ -> json(answer));
    }

    @Override
    public Uni<WireResponse> onRequest(WireRequest request) {
        int query = request.target().indexOf('?');
        var path = query < 0 ? request.target() : request.target().substring(0, query);
        for (var answer : made.entrySet()) {
            var parameters = answer.getKey().match(path);
            if (parameters.isPresent()) {
                var asked = new Asked(parameters.get(), request);
                return Uni.createFrom().item(answer.getValue().apply(asked));
            }
        }
        return Uni.createFrom().item(notFound());
    }

    static WireResponse json(JsonValue value) {
        return bytes(JsonWriter.write(value));
    }

    static WireResponse text(String text) {
        return bytes(text.getBytes(UTF_8));
    }

    static WireResponse bytes(byte[] body) {
        return new WireResponse(
                200,
                List.of(new WireHeader("Content-Type", "application/json")),
                WireBody.of(body));
    }

    static WireResponse notFound() {
        var error =
                JsonObject.builder().put("errcode", "M_NOT_FOUND").put("error", "Whatever").build();
        return new WireResponse(404, List.of(), WireBody.of(JsonWriter.write(error)));
    }

    private JsonObject keys() {
        var expired =
                published(peer.expiredKey())
                        .put("expired_ts", SimClock.START.minus(Duration.ofDays(1)).toEpochMilli());
        var keys =
                JsonObject.builder()
                        .put("server_name", peer.name().value())
                        .put("verify_keys", only(peer.key(), published(peer.key())))
                        .put("old_verify_keys", only(peer.expiredKey(), expired))
                        .put("valid_until_ts", peer.now() + Duration.ofDays(1).toMillis())
                        .build();
        return JsonSigning.sign(keys, peer.name(), peer.key(), peer.simulation().signatures());
    }

    static JsonObject only(SigningKey key, JsonObject.Builder published) {
        return JsonObject.builder().put(key.id().value(), published.build()).build();
    }

    JsonObject.Builder published(SigningKey key) {
        var verifyKey = peer.simulation().signatures().verifyKey(key);
        return JsonObject.builder().put("key", UnpaddedBase64.encode(verifyKey.bytes()));
    }
}
