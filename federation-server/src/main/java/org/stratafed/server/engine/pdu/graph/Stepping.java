package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.graph.EventFetcher.Source;
import org.stratafed.server.engine.pdu.room.PlaceWithState;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;

/// Carries out the steps of an attempt to get what a room's events wait for.
final class Stepping {

    static final int EVENTS_PER_STEP_MAX = 100;

    private final RoomId room;
    private final Means with;

    Stepping(RoomId room, Means with) {
        this.room = room;
        this.with = with;
    }

    /// @param isPatient whether a state of which something is missing won't do
    /// @param received where it is counted what came in
    Uni<?> take(GapStep step, Situation now, boolean isPatient, Received received) {
        var about = now.about(step);
        return switch (step) {
            case GapStep.JudgeAgain _ -> judgeAgain(now);
            case GapStep.WalkBack(var server, var latest) ->
                    with.fetcher()
                            .fetches()
                            .alone(room, about, () -> walkBack(now, server, latest, received));
            case GapStep.FetchAuthChain(var server, var event) ->
                    with.fetcher().authChain(source(server, now, received), event, about);
            case GapStep.FetchAuthEvents(var server, _, var missing) ->
                    with.fetcher().outliers(source(server, now, received), missing);
            case GapStep.LearnState(var server, var event) ->
                    stateBefore(source(server, now, received), event, isPatient)
                            .chain(
                                    state ->
                                            with.lanes()
                                                    .lane(room)
                                                    .run(
                                                            new PlaceWithState(
                                                                    now.staged().get(event),
                                                                    state)));
        };
    }

    private Source source(ServerName server, Situation now, Received received) {
        return new Source(server, room, now.rules(), received);
    }

    private Uni<List<EventId>> stateBefore(Source source, EventId event, boolean isPatient) {
        return isPatient
                ? with.fetcher().wholeStateBefore(source, event)
                : with.fetcher().stateBefore(source, event);
    }

    private Uni<?> judgeAgain(Situation now) {
        var events = List.copyOf(now.staged().values());
        var origin = now.servers().isEmpty() ? with.peers().local() : now.servers().getFirst();
        return with.judging().judge(room, origin, events, ReceiveEvents.Handling.STAGED);
    }

    private Uni<?> walkBack(
            Situation now, ServerName server, SequencedSet<EventId> latest, Received received) {
        return depthOfOldest(with.environment(), room)
                .chain(depth -> walkBack(now, server, latest, depth, received))
                .chain(
                        events ->
                                events.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : with.judging()
                                                .judge(
                                                        room,
                                                        new ReceiveEvents(
                                                                server,
                                                                events,
                                                                ReceiveEvents.Handling.PUSHED,
                                                                now.staged().values()))
                                                .replaceWithVoid());
    }

    private Uni<List<Pdu>> walkBack(
            Situation now,
            ServerName server,
            SequencedSet<EventId> latest,
            long minDepth,
            Received received) {
        return with.remote()
                .missingEvents(server, question(now, latest, minDepth))
                .call(raw -> count(raw, received))
                .chain(raw -> with.intake().sound(now.rules(), raw, server))
                .map(sound -> answers(now, latest, minDepth, sound));
    }

    private Uni<?> count(List<RawPdu> raw, Received received) {
        return with.intake().bytes(raw).invoke(bytes -> received.add(raw.size(), bytes));
    }

    private MissingEventsRequest question(
            Situation now, SequencedSet<EventId> latest, long minDepth) {
        return new MissingEventsRequest(
                room, now.extremities(), List.copyOf(latest), EVENTS_PER_STEP_MAX, minDepth);
    }

    private List<Pdu> answers(
            Situation now, SequencedSet<EventId> latest, long minDepth, List<Pdu> sound) {
        return Ancestors.of(room, wanted(now, latest), sound, EVENTS_PER_STEP_MAX).stream()
                .filter(event -> event.depth() >= minDepth)
                .toList();
    }

    /// How deep the oldest event of the history here is. What is less deep is history for those who
    /// page back to it: a gap that leads there is closed by the state there, or else one late event
    /// would bring all the history of before our join along, as if it were new.
    static Uni<Long> depthOfOldest(HomeserverEnvironment environment, RoomId room) {
        return environment
                .stores()
                .timeline()
                .page(room, Long.MIN_VALUE, false, 1)
                .map(oldest -> oldest.stream().findFirst().map(it -> it.pdu().depth()).orElse(0L));
    }

    private static SequencedSet<EventId> wanted(Situation now, SequencedSet<EventId> latest) {
        var wanted = new LinkedHashSet<EventId>();
        latest.forEach(id -> wanted.addAll(now.staged().get(id).prevEvents()));
        return wanted;
    }
}
