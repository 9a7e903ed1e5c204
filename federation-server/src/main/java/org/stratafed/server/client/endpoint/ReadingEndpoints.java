package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.Timeline.ContextRequest;
import org.stratafed.api.layer.messaging.Timeline.EventContext;
import org.stratafed.api.layer.messaging.Timeline.MembersRequest;
import org.stratafed.api.layer.messaging.Timeline.MessagesPage;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.format.ClientEvents;
import org.stratafed.server.client.format.FilterReader;
import org.stratafed.server.client.format.SyncToken;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;
import org.stratafed.server.client.routing.Query;

/// Reading a room: its state, its members, its history.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room">
///     Getting events for a room</a>
public final class ReadingEndpoints {

    private final MessagingLayer messaging;
    private final EngineCalls engine;
    private final InstantSource clock;

    public ReadingEndpoints(MessagingLayer messaging, EngineCalls engine, InstantSource clock) {
        this.messaging = messaging;
        this.engine = engine;
        this.clock = clock;
    }

    public List<ClientEndpoint> all() {
        return List.of(
                ClientEndpoint.v3("GET", "/rooms/{roomId}/state", this::state),
                ClientEndpoint.v3(
                        "GET",
                        "/rooms/{roomId}/state/{eventType}",
                        (call, caller) -> stateEvent(call, caller, "")),
                ClientEndpoint.v3(
                        "GET",
                        "/rooms/{roomId}/state/{eventType}/{stateKey}",
                        (call, caller) -> stateEvent(call, caller, call.parameter(2))),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/members", this::members),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/joined_members", this::joinedMembers),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/event/{eventId}", this::event),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/messages", this::messages),
                ClientEndpoint.v3("GET", "/rooms/{roomId}/context/{eventId}", this::context));
    }

    private ClientEvents events() {
        return new ClientEvents(clock.millis());
    }

    private Uni<ClientAnswer> state(Call call, Caller caller) {
        RoomId room = call.room(0);
        return engine.call(() -> messaging.timeline().state(caller.user(), room))
                .map(state -> ClientAnswer.ok(events().events(state)));
    }

    private Uni<ClientAnswer> stateEvent(Call call, Caller caller, String stateKey) {
        RoomId room = call.room(0);
        String type = call.parameter(1);
        boolean whole = call.query().first("format").filter("event"::equals).isPresent();
        return engine.call(
                        () -> messaging.timeline().stateEvent(caller.user(), room, type, stateKey))
                .map(
                        event ->
                                ClientAnswer.ok(
                                        whole ? events().event(event) : event.pdu().content()));
    }

    private Uni<ClientAnswer> members(Call call, Caller caller) {
        RoomId room = call.room(0);
        Query query = call.query();
        var request =
                new MembersRequest(
                        token(query, "at"),
                        query.first("membership"),
                        query.first("not_membership"));
        return engine.call(() -> messaging.timeline().members(caller.user(), room, request))
                .map(
                        members ->
                                ClientAnswer.ok(
                                        JsonObject.builder()
                                                .put("chunk", events().events(members))
                                                .build()));
    }

    private Uni<ClientAnswer> joinedMembers(Call call, Caller caller) {
        RoomId room = call.room(0);
        return engine.call(() -> messaging.timeline().joinedMembers(caller.user(), room))
                .map(ReadingEndpoints::joinedMembers);
    }

    private static ClientAnswer joinedMembers(List<TimelineEvent> members) {
        var joined = JsonObject.builder();
        for (TimelineEvent member : members) {
            JsonObject content = member.pdu().content();
            joined.put(
                    member.pdu().stateKey().orElseThrow(),
                    JsonObject.builder()
                            .putIfPresent("display_name", content.get("displayname"))
                            .putIfPresent("avatar_url", content.get("avatar_url"))
                            .build());
        }
        return ClientAnswer.ok(JsonObject.builder().put("joined", joined.build()).build());
    }

    private Uni<ClientAnswer> event(Call call, Caller caller) {
        RoomId room = call.room(0);
        EventId event = call.event(1);
        return engine.call(() -> messaging.timeline().event(caller.user(), room, event))
                .map(found -> ClientAnswer.ok(events().event(found)));
    }

    private Uni<ClientAnswer> messages(Call call, Caller caller) {
        Query query = call.query();
        var request =
                new MessagesRequest(
                        call.room(0),
                        token(query, "from"),
                        token(query, "to"),
                        isBackwards(query),
                        limit(query),
                        FilterReader.events(query.first("filter")));
        return engine.call(() -> messaging.timeline().messages(caller.user(), request))
                .map(this::page);
    }

    private ClientAnswer page(MessagesPage page) {
        var answer =
                JsonObject.builder()
                        .put("chunk", events().events(page.chunk()))
                        .put("start", page.start());
        page.end().ifPresent(end -> answer.put("end", end));
        if (!page.state().isEmpty()) {
            answer.put("state", events().events(page.state()));
        }
        return ClientAnswer.ok(answer.build());
    }

    private Uni<ClientAnswer> context(Call call, Caller caller) {
        Query query = call.query();
        var request =
                new ContextRequest(
                        call.room(0),
                        call.event(1),
                        limit(query),
                        FilterReader.events(query.first("filter")));
        return engine.call(() -> messaging.timeline().context(caller.user(), request))
                .map(this::context);
    }

    private ClientAnswer context(EventContext context) {
        return ClientAnswer.ok(
                JsonObject.builder()
                        .put("event", events().event(context.event()))
                        .put("events_before", events().events(context.before()))
                        .put("events_after", events().events(context.after()))
                        .put("start", context.start())
                        .put("end", context.end())
                        .put("state", events().events(context.state()))
                        .build());
    }

    private static boolean isBackwards(Query query) {
        return switch (query.first("dir").orElse("")) {
            case "b" -> true;
            case "f" -> false;
            case "" -> throw MatrixException.missingParam("dir is missing");
            default -> throw MatrixException.invalidParam("dir is neither b nor f");
        };
    }

    private static int limit(Query query) {
        long limit = query.number("limit").orElse(EventFilter.LIMIT_DEFAULT);
        return Math.clamp(limit, 1, EventFilter.LIMIT_MAX);
    }

    /// A token of the messaging layer, which may have come in one of a sync.
    private static Optional<String> token(Query query, String name) {
        return query.first(name).map(token -> SyncToken.parse(token).events());
    }
}
