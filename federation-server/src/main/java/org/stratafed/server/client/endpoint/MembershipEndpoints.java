package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.layer.messaging.Memberships;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.format.JsonFields;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// Coming into rooms and going.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-membership">Room
///     membership</a>
public final class MembershipEndpoints {

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public MembershipEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.v3("POST", "/join/{roomIdOrAlias}", this::join),
                ClientEndpoint.v3("POST", "/rooms/{roomId}/join", this::joinById),
                ClientEndpoint.v3("POST", "/knock/{roomIdOrAlias}", this::knock),
                ClientEndpoint.v3("POST", "/rooms/{roomId}/leave", this::leave),
                onTarget("invite", Memberships::invite),
                onTarget("kick", Memberships::kick),
                onTarget("ban", Memberships::ban),
                onTarget("unban", Memberships::unban),
                ClientEndpoint.v3("POST", "/rooms/{roomId}/forget", this::forget),
                ClientEndpoint.v3("GET", "/joined_rooms", this::joinedRooms));
    }

    /// One of the calls that change somebody else's membership.
    @FunctionalInterface
    private interface OnTarget {

        Uni<Void> change(
                Memberships memberships,
                RoomId room,
                UserId sender,
                UserId target,
                Optional<String> reason);
    }

    private ClientEndpoint onTarget(String name, OnTarget change) {
        return ClientEndpoint.v3(
                "POST",
                "/rooms/{roomId}/" + name,
                (call, caller) -> {
                    RoomId room = call.room(0);
                    JsonFields body = call.fields();
                    UserId target = body.requiredIdentifier("user_id", UserId::parse);
                    Optional<String> reason = body.string("reason");
                    return engine.call(
                                    () ->
                                            change.change(
                                                    messaging.memberships(),
                                                    room,
                                                    caller.user(),
                                                    target,
                                                    reason))
                            .replaceWith(ClientAnswer.EMPTY);
                });
    }

    private Uni<ClientAnswer> join(Call call, Caller caller) {
        return call.parameter(0).startsWith("#")
                ? joinByAlias(call, caller)
                : joinById(call, caller);
    }

    private Uni<ClientAnswer> joinById(Call call, Caller caller) {
        RoomId room = call.room(0);
        return enter(
                call,
                wish ->
                        messaging
                                .memberships()
                                .join(room, caller.user(), wish.via(), wish.reason()));
    }

    private Uni<ClientAnswer> joinByAlias(Call call, Caller caller) {
        RoomAlias alias = call.alias(0);
        return enter(
                call,
                wish ->
                        messaging
                                .memberships()
                                .join(alias, caller.user(), wish.via(), wish.reason()));
    }

    private Uni<ClientAnswer> knock(Call call, Caller caller) {
        var user = caller.user();
        if (call.parameter(0).startsWith("#")) {
            RoomAlias alias = call.alias(0);
            return enter(call, wish -> memberships().knock(alias, user, wish.via(), wish.reason()));
        }
        RoomId room = call.room(0);
        return enter(call, wish -> memberships().knock(room, user, wish.via(), wish.reason()));
    }

    private Memberships memberships() {
        return messaging.memberships();
    }

    private record Wish(List<ServerName> via, Optional<String> reason) {}

    private Uni<ClientAnswer> enter(Call call, Function<Wish, Uni<RoomId>> entering) {
        var wish = new Wish(via(call), call.fields().string("reason"));
        return engine.call(() -> entering.apply(wish))
                .map(room -> ClientAnswer.ok("room_id", room.value()));
    }

    /// `via`, or as older clients have it, `server_name`.
    private static List<ServerName> via(Call call) {
        var names = new ArrayList<>(call.query().all("via"));
        names.addAll(call.query().all("server_name"));
        return names.stream()
                .distinct()
                .map(
                        name ->
                                ServerName.parse(name)
                                        .orElseThrow(
                                                () ->
                                                        MatrixException.invalidParam(
                                                                "via isn't a server name")))
                .toList();
    }

    private Uni<ClientAnswer> leave(Call call, Caller caller) {
        RoomId room = call.room(0);
        Optional<String> reason = call.fields().string("reason");
        return engine.call(() -> messaging.memberships().leave(room, caller.user(), reason))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private Uni<ClientAnswer> forget(Call call, Caller caller) {
        RoomId room = call.room(0);
        return engine.call(() -> messaging.memberships().forget(room, caller.user()))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private Uni<ClientAnswer> joinedRooms(Call call, Caller caller) {
        return engine.call(() -> messaging.memberships().joinedRooms(caller.user()))
                .map(
                        rooms ->
                                ClientAnswer.ok(
                                        JsonObject.builder()
                                                .put(
                                                        "joined_rooms",
                                                        JsonArray.ofStrings(
                                                                rooms.stream()
                                                                        .map(RoomId::value)
                                                                        .toList()))
                                                .build()));
    }
}
