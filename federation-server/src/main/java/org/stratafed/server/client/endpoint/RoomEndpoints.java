package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.format.RoomCreationReader;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// Making rooms and speaking in them.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room">Sending
///     events to a room</a>
public final class RoomEndpoints {

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public RoomEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.v3("POST", "/createRoom", this::create),
                ClientEndpoint.v3("PUT", "/rooms/{roomId}/send/{eventType}/{txnId}", this::send),
                ClientEndpoint.v3(
                        "PUT",
                        "/rooms/{roomId}/state/{eventType}",
                        (call, caller) -> setState(call, caller, "")),
                ClientEndpoint.v3(
                        "PUT",
                        "/rooms/{roomId}/state/{eventType}/{stateKey}",
                        (call, caller) -> setState(call, caller, call.parameter(2))),
                ClientEndpoint.v3("PUT", "/rooms/{roomId}/redact/{eventId}/{txnId}", this::redact));
    }

    private Uni<ClientAnswer> create(Call call, Caller caller) {
        RoomCreationRequest request = RoomCreationReader.read(call.fields());
        return engine.call(() -> messaging.rooms().create(caller.user(), request))
                .map(room -> ClientAnswer.ok("room_id", room.value()));
    }

    private Uni<ClientAnswer> send(Call call, Caller caller) {
        RoomId room = call.room(0);
        String type = call.parameter(1);
        var transaction = transaction(caller, call.transaction(2));
        JsonObject content = call.request().json();
        return engine.call(
                        () ->
                                messaging
                                        .rooms()
                                        .send(room, caller.user(), type, content, transaction))
                .map(RoomEndpoints::answer);
    }

    private Uni<ClientAnswer> setState(Call call, Caller caller, String stateKey) {
        RoomId room = call.room(0);
        String type = call.parameter(1);
        JsonObject content = call.request().json();
        return engine.call(
                        () ->
                                messaging
                                        .rooms()
                                        .setState(room, caller.user(), type, stateKey, content))
                .map(RoomEndpoints::answer);
    }

    private Uni<ClientAnswer> redact(Call call, Caller caller) {
        RoomId room = call.room(0);
        EventId target = call.event(1);
        var transaction = transaction(caller, call.transaction(2));
        Optional<String> reason = call.fields().string("reason");
        return engine.call(
                        () ->
                                messaging
                                        .rooms()
                                        .redact(room, caller.user(), target, reason, transaction))
                .map(RoomEndpoints::answer);
    }

    private static Optional<ClientTransaction> transaction(Caller caller, TransactionId id) {
        return Optional.of(new ClientTransaction(caller.user(), caller.device(), id));
    }

    private static ClientAnswer answer(EventId event) {
        return ClientAnswer.ok("event_id", event.value());
    }
}
