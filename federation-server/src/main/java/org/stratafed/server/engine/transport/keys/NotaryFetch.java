package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.json.MalformedJsonException;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.outgoing.Patience;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;
import org.stratafed.server.engine.transport.outgoing.WholeAnswer;

/// Asks a notary for the keys of other servers.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#post_matrixkeyv2query">
///     POST /_matrix/key/v2/query</a>
public final class NotaryFetch {

    /// In one question.
    static final int SERVERS_MAX = 100;

    private static final int ANSWER_BYTES_MAX = 8 << 20;
    private static final String TARGET = "/_matrix/key/v2/query";

    private static final List<WireHeader> HEADERS =
            List.of(
                    new WireHeader("Accept", "application/json"),
                    new WireHeader("Content-Type", "application/json"));

    private final ServerExchange exchange;
    private final Compute compute;
    private final Signatures signatures;
    private final InstantSource clock;

    public NotaryFetch(
            ServerExchange exchange, Compute compute, Signatures signatures, InstantSource clock) {
        this.exchange = exchange;
        this.compute = compute;
        this.signatures = signatures;
        this.clock = clock;
    }

    /// What the notary says, before it is clear that it does. Fails with a [RemoteFailure].
    Uni<List<JsonObject>> fetch(ServerName notary, List<WantedKey> wanted) {
        var body = JsonWriter.write(KeyQuery.of(wanted).json());
        return exchange.send(
                        notary,
                        new WireRequest("POST", TARGET, HEADERS, body),
                        Patience.USUAL,
                        ANSWER_BYTES_MAX)
                .flatMap(answer -> compute.run(() -> read(answer)));
    }

    private static List<JsonObject> read(WholeAnswer answer) {
        if (!answer.isSuccess()) {
            throw new RemoteFailure.Garbled("no keys, but status " + answer.status());
        }
        try {
            return JsonReader.readObject(answer.body())
                    .array("server_keys")
                    .orElseThrow(() -> new IllegalArgumentException("server_keys"))
                    .objects();
        } catch (MalformedJsonException | IllegalArgumentException malformed) {
            throw new RemoteFailure.Garbled("no valid keys: " + malformed.getMessage());
        }
    }

    /// The keys with which the notary claims to have signed what it says.
    List<WantedKey> signers(ServerName notary, List<JsonObject> said) {
        var validUntil = clock.millis() + 1;
        var ids = new LinkedHashSet<KeyId>();
        for (JsonObject keys : said) {
            keys.object("signatures")
                    .flatMap(all -> all.object(notary.value()))
                    .map(JsonObject::keys)
                    .ifPresent(all -> all.forEach(id -> KeyId.parse(id).ifPresent(ids::add)));
        }
        return ids.stream()
                .filter(KeyId::isEd25519)
                .limit(KeyAnswer.KEYS_MAX)
                .map(id -> new WantedKey(notary, id, validUntil))
                .toList();
    }

    /// The keys that both prove: their owner, who signed with them, and the notary. About servers
    /// that it wasn't asked about it has nothing to say.
    Uni<SequencedMap<ServerName, List<ServerKey>>> proved(
            ServerName notary,
            List<JsonObject> said,
            KeyBook notaryKeys,
            SequencedSet<ServerName> asked) {
        long now = clock.millis();
        return compute.run(
                () -> {
                    var proved = new LinkedHashMap<ServerName, List<ServerKey>>();
                    for (JsonObject keys : said) {
                        var owner = keys.string("server_name").flatMap(ServerName::parse);
                        if (owner.filter(asked::contains).isPresent()
                                && isSigned(keys, notary, notaryKeys, now)) {
                            proved.computeIfAbsent(owner.get(), _ -> new ArrayList<>())
                                    .addAll(ofOwner(keys, owner.get(), now));
                        }
                    }
                    return proved;
                });
    }

    private boolean isSigned(JsonObject keys, ServerName notary, KeyBook notaryKeys, long now) {
        return CanonicalJson.strictViolation(keys).isEmpty()
                && notaryKeys.of(notary).values().stream()
                        .filter(key -> key.provesRequest(now))
                        .anyMatch(key -> JsonSigning.verify(keys, notary, key.key(), signatures));
    }

    private List<ServerKey> ofOwner(JsonObject keys, ServerName owner, long now) {
        try {
            return KeyAnswer.keys(keys, owner, signatures, now);
        } catch (IllegalArgumentException _) {
            // The owner never said so, which makes it nobody's word.
            return List.of();
        }
    }
}
