package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.crypto.Sha256;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.simulator.host.Guest;
import org.stratafed.simulator.host.Reply;
import org.stratafed.simulator.host.SimServer;

/// Knows whose an address is, once its owner says so, and which invitations wait for it. It has a
/// key that is good for ever, and no server's name to prove.
final class IdentityServer {

    private static final ServerName NAME = new ServerName("identities");
    private static final SigningKey KEY =
            new SigningKey(
                    new KeyId("ed25519:0"),
                    Sha256.digest("who is who".getBytes(StandardCharsets.UTF_8)));

    private final Stage stage;
    private final List<Waiting> waiting = new ArrayList<>();

    IdentityServer(Stage stage) {
        this.stage = stage;
    }

    static IdentityServer of(Stage stage) {
        return stage.kept(IdentityServer.class, () -> new IdentityServer(stage));
    }

    /// An invitation of an address that will turn out to be this user's.
    private record Waiting(RoomId room, UserId sender, UserId user, String token) {}

    /// Under which the room has the invitation.
    static String token(UserId user) {
        return "token_of_" + user.value().substring(1).replace(':', '_');
    }

    /// What the room is told of the invitation of an address.
    JsonObject invitation() {
        var key = stage.simulation().signatures().verifyKey(KEY);
        var keys =
                JsonObject.builder().put("public_key", UnpaddedBase64.encode(key.bytes())).build();
        return JsonObject.builder()
                .put("display_name", "somebody")
                .put("public_keys", JsonArray.of(List.of(keys)))
                .build();
    }

    void keep(RoomId room, UserId sender, UserId user) {
        waiting.add(new Waiting(room, sender, user, token(user)));
    }

    /// Tells the user's server what waited for the user. Answers the status of the answer.
    Uni<Integer> bind(SimServer receiver, UserId user) {
        var invites =
                waiting.stream().filter(it -> it.user().equals(user)).map(this::invite).toList();
        var body =
                JsonObject.builder()
                        .put("medium", "email")
                        .put("address", "somebody@example.org")
                        .put("mxid", user.value())
                        .put("invites", JsonArray.of(invites))
                        .build();
        var request =
                new WireRequest(
                        "PUT",
                        "/_matrix/federation/v1/3pid/onbind",
                        List.of(new WireHeader("Content-Type", "application/json")),
                        JsonWriter.write(body));
        return new Guest(stage.simulation(), NAME, KEY).send(receiver, request).map(Reply::status);
    }

    private JsonObject invite(Waiting waiting) {
        var signed =
                JsonObject.builder()
                        .put("mxid", waiting.user().value())
                        .put("sender", waiting.sender().value())
                        .put("token", waiting.token())
                        .build();
        return JsonObject.builder()
                .put("medium", "email")
                .put("address", "somebody@example.org")
                .put("mxid", waiting.user().value())
                .put("room_id", waiting.room().value())
                .put("sender", waiting.sender().value())
                .put("signed", JsonSigning.sign(signed, NAME, KEY, stage.simulation().signatures()))
                .build();
    }
}
