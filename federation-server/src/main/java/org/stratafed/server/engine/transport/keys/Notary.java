package org.stratafed.server.engine.transport.keys;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.KeyStore;

/// Tells others what servers said of their keys, with this server's signature added: for those that
/// can't ask the servers themselves. Only what was heard first hand.
///
/// What is kept is asked anew in the second half of its life, or when it isn't valid for as long as
/// is wanted; if that fails, the last that is known has to do.
///
/// See "Querying keys through another server" in the server-server API.
public final class Notary {

    /// In one question. Of more nothing is said: anybody may ask, and each may cost a request.
    public static final int SERVERS_MAX = 200;

    public static final int QUESTION_BYTES_MAX = 256 << 10;

    /// Servers that are being asked at a time because others want to know. Above that, what is kept
    /// has to do: nobody gets to keep this server from the keys that it needs itself.
    private static final int REFRESHES_MAX = 50;

    private final OwnKeys own;
    private final KeyPublication publication;
    private final ServerKeyRing keyRing;
    private final KeyStore store;
    private final Compute compute;
    private final Signatures signatures;
    private final Telemetry telemetry;
    private final InstantSource clock;

    private int refreshes;

    public Notary(
            OwnKeys own, KeyPublication publication, ServerKeyRing keyRing, Services services) {
        this.own = own;
        this.publication = publication;
        this.keyRing = keyRing;
        store = services.store();
        compute = services.compute();
        signatures = services.signatures();
        telemetry = services.telemetry();
        clock = services.clock();
    }

    /// What it uses of the environment.
    public record Services(
            KeyStore store,
            Compute compute,
            Signatures signatures,
            Telemetry telemetry,
            InstantSource clock) {}

    /// The answer as JSON.
    public Uni<byte[]> answer(KeyQuery query) {
        var asked = query.servers().stream().limit(SERVERS_MAX).map(this::said).toList();
        if (asked.isEmpty()) {
            return compute.run(() -> signed(List.of()));
        }
        return Uni.join()
                .all(asked)
                .andFailFast()
                .flatMap(
                        all ->
                                compute.run(
                                        () ->
                                                signed(
                                                        all.stream()
                                                                .flatMap(Optional::stream)
                                                                .toList())));
    }

    private byte[] signed(List<JsonObject> said) {
        var answers = new ArrayList<JsonObject>();
        for (JsonObject keys : said) {
            answers.add(JsonSigning.sign(keys, own.server(), own.signingKey(), signatures));
        }
        return JsonWriter.write(
                JsonObject.builder().put("server_keys", JsonArray.of(answers)).build());
    }

    private Uni<Optional<JsonObject>> said(KeyQuery.OfServer asked) {
        var server = asked.server();
        if (server.equals(own.server())) {
            return Uni.createFrom().item(Optional.of(publication.json()));
        }
        return kept(server)
                .flatMap(
                        kept ->
                                kept.filter(it -> suffices(it, asked)).isPresent()
                                        ? Uni.createFrom().item(kept)
                                        : refreshed(server).flatMap(_ -> kept(server)))
                .map(kept -> kept.map(SignedKeys::json));
    }

    private boolean suffices(SignedKeys kept, KeyQuery.OfServer asked) {
        long now = clock.millis();
        long validUntil = kept.json().integer("valid_until_ts").orElse(0);
        return validUntil >= asked.minimumValidUntilTs().orElse(now)
                && now - kept.fetchedTs() <= (validUntil - kept.fetchedTs()) / 2
                && asked.keys().stream().allMatch(id -> names(kept.json(), id));
    }

    private static boolean names(JsonObject said, KeyId id) {
        return said.object("verify_keys").filter(keys -> keys.has(id.value())).isPresent()
                || said.object("old_verify_keys").filter(keys -> keys.has(id.value())).isPresent();
    }

    private Uni<Void> refreshed(ServerName server) {
        if (refreshes >= REFRESHES_MAX) {
            return Uni.createFrom().voidItem();
        }
        refreshes++;
        return keyRing.refresh(server).onTermination().invoke(() -> refreshes--);
    }

    /// Never fails: a store that can't be read is as good as empty, this time.
    private Uni<Optional<SignedKeys>> kept(ServerName server) {
        return store.signedKeys(server)
                .onFailure()
                .invoke(failure -> telemetry.defect("reading keys of " + server, failure))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }
}
