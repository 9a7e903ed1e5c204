package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.transport.endpoint.PublicRoomsList;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// The rooms that servers have published.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#published-room-directory">
///     Published room directory</a>
public final class PublicRoomsEndpoints {

    private static final String ROOM = "/directory/list/room/{roomId}";
    private static final String PUBLIC = "public";

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public PublicRoomsEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.openV3("GET", "/publicRooms", this::list),
                ClientEndpoint.v3("POST", "/publicRooms", this::search),
                ClientEndpoint.openV3("GET", ROOM, this::visibility),
                ClientEndpoint.v3("PUT", ROOM, this::setVisibility));
    }

    /// Without being logged in one sees this server's rooms only: others aren't asked for just
    /// anybody.
    private Uni<ClientAnswer> list(Call call) {
        if (server(call).isPresent()) {
            throw MatrixException.forbidden(
                    "The rooms of other servers are listed for users of this one, by POST");
        }
        return list(
                Optional.empty(),
                new PublicRoomsRequest(
                        limit(call),
                        call.query().first("since"),
                        PublicRoomsRequest.Filter.NONE,
                        PublicRoomsRequest.Networks.OWN));
    }

    private static OptionalInt limit(Call call) {
        var limit = call.query().number("limit");
        return limit.isEmpty() || limit.getAsLong() == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.min(limit.getAsLong(), Integer.MAX_VALUE));
    }

    private Uni<ClientAnswer> search(Call call, Caller caller) {
        return list(server(call), PublicRoomsList.request(call.fields().json()));
    }

    private Uni<ClientAnswer> list(Optional<ServerName> server, PublicRoomsRequest request) {
        return engine.call(() -> messaging.directory().publicRooms(server, request))
                .map(PublicRoomsEndpoints::answer);
    }

    private static ClientAnswer answer(PublicRooms rooms) {
        return ClientAnswer.ok(PublicRoomsList.ENDPOINT.answer().encode(rooms));
    }

    private static Optional<ServerName> server(Call call) {
        return call.query()
                .first("server")
                .map(
                        name ->
                                ServerName.parse(name)
                                        .orElseThrow(
                                                () ->
                                                        MatrixException.invalidParam(
                                                                "server is malformed")));
    }

    private Uni<ClientAnswer> visibility(Call call) {
        var room = call.room(0);
        return engine.call(() -> messaging.directory().isPublished(room))
                .map(is -> ClientAnswer.ok("visibility", is ? PUBLIC : "private"));
    }

    private Uni<ClientAnswer> setVisibility(Call call, Caller caller) {
        var room = call.room(0);
        boolean isPublished =
                switch (call.fields().string("visibility").orElse(PUBLIC)) {
                    case PUBLIC -> true;
                    case "private" -> false;
                    default -> throw MatrixException.invalidParam("visibility is malformed");
                };
        return engine.call(() -> messaging.directory().publish(room, caller.user(), isPublished))
                .replaceWith(ClientAnswer.EMPTY);
    }
}
