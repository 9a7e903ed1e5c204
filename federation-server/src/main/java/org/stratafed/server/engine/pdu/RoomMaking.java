package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.CreatorSource;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.room.CreateRoom;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Makes rooms of our own. The create event comes first and by itself: in newer room versions the
/// room's id is its hash.
final class RoomMaking {

    static final int ATTEMPTS_MAX = 10;

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RoomLanes lanes;

    RoomMaking(HomeserverEnvironment environment, LocalServer server, RoomLanes lanes) {
        this.environment = environment;
        this.server = server;
        this.lanes = lanes;
    }

    Uni<RoomId> create(RoomPlan plan) {
        var rules = RoomVersionRules.of(plan.version());
        if (rules.isEmpty()) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                    "room version " + plan.version().id() + " is not supported"));
        }
        return create(plan, rules.get(), environment.clock().millis(), ATTEMPTS_MAX);
    }

    /// Where ids follow from create events, one made in the same millisecond with the same content
    /// would be the same room: then the next millisecond is taken.
    private Uni<RoomId> create(RoomPlan plan, RoomVersionRules rules, long time, int attempts) {
        return environment
                .compute()
                .run(() -> createEvent(plan, rules, time))
                .chain(
                        create ->
                                lanes.lane(create.roomId())
                                        .run(
                                                new CreateRoom(
                                                        plan.version(),
                                                        create,
                                                        drafts(plan, create.roomId()))))
                .onFailure(failure -> failure instanceof CreateRoom.RoomExists && attempts > 1)
                .recoverWithUni(() -> create(plan, rules, time + 1, attempts - 1));
    }

    private Pdu createEvent(RoomPlan plan, RoomVersionRules rules, long time) {
        var content =
                plan.createContent().with("room_version", new JsonString(plan.version().id()));
        if (rules.creator() == CreatorSource.CONTENT) {
            content = content.with("creator", new JsonString(plan.creator().value()));
        }
        var event =
                JsonObject.builder()
                        .put("type", "m.room.create")
                        .put("state_key", "")
                        .put("sender", plan.creator().value())
                        .put("content", content)
                        .put("depth", 1)
                        .put("origin_server_ts", time)
                        .put("prev_events", JsonArray.empty())
                        .put("auth_events", JsonArray.empty());
        if (!rules.roomIdIsCreateHash()) {
            event.put("room_id", plan.room().orElseThrow().value());
        }
        var signed =
                EventSigner.sign(
                        rules,
                        event.build(),
                        server.name(),
                        server.key(),
                        environment.signatures());
        return switch (EventParser.parse(rules, new RawPdu(signed))) {
            case ParsedPdu.Parsed(var pdu) -> pdu;
            case ParsedPdu.NotAnEvent(var refusal) ->
                    throw MatrixException.badJson(refusal.reason());
        };
    }

    private static List<EventDraft> drafts(RoomPlan plan, RoomId room) {
        return plan.events().stream()
                .map(
                        planned ->
                                new EventDraft(
                                        room,
                                        plan.creator(),
                                        planned.type(),
                                        Optional.of(planned.stateKey()),
                                        planned.content(),
                                        Optional.empty()))
                .toList();
    }
}
