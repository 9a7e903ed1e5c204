package org.stratafed.server.engine.transport.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// A question to a notary: the keys of which servers.
///
/// See "Querying keys through another server" in the server-server API.
public record KeyQuery(List<OfServer> servers) {

    private static final String SERVER_KEYS = "server_keys";
    private static final String MINIMUM = "minimum_valid_until_ts";

    /// @param keys those that matter; none means all
    /// @param minimumValidUntilTs until when they should be valid; absent for now
    public record OfServer(
            ServerName server, SequencedSet<KeyId> keys, OptionalLong minimumValidUntilTs) {}

    public KeyQuery {
        servers = List.copyOf(servers);
    }

    /// The question about one server, all its keys.
    public static KeyQuery of(ServerName server, OptionalLong minimumValidUntilTs) {
        return new KeyQuery(
                List.of(new OfServer(server, new LinkedHashSet<>(), minimumValidUntilTs)));
    }

    static KeyQuery of(List<WantedKey> wanted) {
        var byServer = new LinkedHashMap<ServerName, OfServer>();
        for (WantedKey key : wanted) {
            var of =
                    byServer.computeIfAbsent(
                            key.server(),
                            it -> new OfServer(it, new LinkedHashSet<>(), OptionalLong.empty()));
            of.keys().add(key.key());
            byServer.put(
                    key.server(),
                    new OfServer(
                            key.server(),
                            of.keys(),
                            later(of.minimumValidUntilTs(), key.minimumValidUntilTs())));
        }
        return new KeyQuery(List.copyOf(byServer.values()));
    }

    private static OptionalLong later(OptionalLong one, long other) {
        return OptionalLong.of(Math.max(one.orElse(0), other));
    }

    /// Reads a question as it is sent. Fails with a [MatrixException] if it is none.
    ///
    /// @param serversMax of how many servers it is read; the others are left out
    public static KeyQuery read(JsonObject body, int serversMax) {
        var asked =
                body.object(SERVER_KEYS)
                        .orElseThrow(() -> MatrixException.missingParam(SERVER_KEYS));
        var servers = new ArrayList<OfServer>();
        for (var entry : asked.members().entrySet().stream().limit(serversMax).toList()) {
            ServerName.parse(entry.getKey())
                    .ifPresent(server -> servers.add(ofServer(server, entry.getValue())));
        }
        return new KeyQuery(servers);
    }

    private static OfServer ofServer(ServerName server, JsonValue value) {
        if (!(value instanceof JsonObject keys)) {
            throw MatrixException.badJson("the keys wanted of " + server + " are no object");
        }
        var ids = new LinkedHashSet<KeyId>();
        var minimum = OptionalLong.empty();
        for (var key : keys.members().entrySet().stream().limit(KeyAnswer.KEYS_MAX).toList()) {
            KeyId.parse(key.getKey()).ifPresent(ids::add);
            if (key.getValue() instanceof JsonObject criteria
                    && criteria.integer(MINIMUM).isPresent()) {
                minimum = later(minimum, criteria.integer(MINIMUM).getAsLong());
            }
        }
        return new OfServer(server, ids, minimum);
    }

    JsonObject json() {
        var asked = JsonObject.builder();
        for (OfServer of : servers) {
            var criteria = JsonObject.builder();
            of.minimumValidUntilTs().ifPresent(it -> criteria.put(MINIMUM, JsonNumber.of(it)));
            var keys = JsonObject.builder();
            for (KeyId id : of.keys()) {
                keys.put(id.value(), criteria.build());
            }
            asked.put(of.server().value(), keys.build());
        }
        return JsonObject.builder().put(SERVER_KEYS, asked.build()).build();
    }
}
