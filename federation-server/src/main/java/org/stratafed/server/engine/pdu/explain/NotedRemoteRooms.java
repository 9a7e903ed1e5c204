package org.stratafed.server.engine.pdu.explain;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.layer.pdu.EventExplanation.Fetch;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// What is asked of other servers, with a note of each question about an event and what came of it.
public final class NotedRemoteRooms implements RemoteRooms {

    private final RemoteRooms remote;
    private final InstantSource clock;
    private final FetchBook book = new FetchBook();

    public NotedRemoteRooms(RemoteRooms remote, InstantSource clock) {
        this.remote = remote;
        this.clock = clock;
    }

    FetchBook book() {
        return book;
    }

    private <T> Uni<T> noted(
            ServerName server,
            String question,
            List<EventId> about,
            Uni<T> asked,
            Function<T, String> answer) {
        var start = clock.instant();
        return asked.onItemOrFailure()
                .invoke(
                        (item, failure) -> {
                            var took = Duration.between(start, clock.instant());
                            var text = failure == null ? answer.apply(item) : failure.getMessage();
                            for (var event : about) {
                                book.add(
                                        new Fetch(
                                                server,
                                                question,
                                                event,
                                                start.toEpochMilli(),
                                                took.isNegative() ? Duration.ZERO : took,
                                                String.valueOf(text)));
                            }
                        });
    }

    private static String count(List<RawPdu> events) {
        return events.size() + " events";
    }

    @Override
    public Uni<Optional<RawPdu>> event(ServerName server, EventId event) {
        return noted(
                server,
                "event",
                List.of(event),
                remote.event(server, event),
                found -> found.isPresent() ? "the event" : "it has no such event");
    }

    @Override
    public Uni<StateIds> stateIds(ServerName server, EventInRoom event) {
        return noted(
                server,
                "state_ids",
                List.of(event.event()),
                remote.stateIds(server, event),
                ids -> ids.state().size() + " ids of state events");
    }

    @Override
    public Uni<StateEvents> state(ServerName server, EventInRoom event) {
        return noted(
                server,
                "state",
                List.of(event.event()),
                remote.state(server, event),
                state -> state.state().size() + " state events");
    }

    @Override
    public Uni<List<RawPdu>> eventAuth(ServerName server, EventInRoom event) {
        return noted(
                server,
                "event_auth",
                List.of(event.event()),
                remote.eventAuth(server, event),
                NotedRemoteRooms::count);
    }

    @Override
    public Uni<List<RawPdu>> backfill(ServerName server, BackfillRequest request) {
        return noted(
                server,
                "backfill",
                List.copyOf(request.from()),
                remote.backfill(server, request),
                NotedRemoteRooms::count);
    }

    @Override
    public Uni<List<RawPdu>> missingEvents(ServerName server, MissingEventsRequest request) {
        return noted(
                server,
                "get_missing_events",
                List.copyOf(request.latest()),
                remote.missingEvents(server, request),
                NotedRemoteRooms::count);
    }

    @Override
    public Uni<Optional<EventAtTime>> timestampToEvent(
            ServerName server, TimestampRequest request) {
        return remote.timestampToEvent(server, request);
    }

    @Override
    public Uni<MembershipTemplate> makeJoin(ServerName server, MembershipRequest request) {
        return remote.makeJoin(server, request);
    }

    @Override
    public Uni<RoomStream> sendJoin(ServerName server, SignedMembership join) {
        return remote.sendJoin(server, join);
    }

    @Override
    public Uni<MembershipTemplate> makeKnock(ServerName server, MembershipRequest request) {
        return remote.makeKnock(server, request);
    }

    @Override
    public Uni<List<JsonObject>> sendKnock(ServerName server, SignedMembership knock) {
        return remote.sendKnock(server, knock);
    }

    @Override
    public Uni<MembershipTemplate> makeLeave(ServerName server, MembershipRequest request) {
        return remote.makeLeave(server, request);
    }

    @Override
    public Uni<Void> sendLeave(ServerName server, SignedMembership leave) {
        return remote.sendLeave(server, leave);
    }

    @Override
    public Uni<Void> exchangeThirdPartyInvite(ServerName server, InvitationRedeemed redeemed) {
        return remote.exchangeThirdPartyInvite(server, redeemed);
    }

    @Override
    public Uni<RawPdu> invite(ServerName server, InviteRequest request) {
        return remote.invite(server, request);
    }

    @Override
    public Uni<JsonObject> sign(ServerName policyServer, RawPdu event) {
        return remote.sign(policyServer, event);
    }
}
