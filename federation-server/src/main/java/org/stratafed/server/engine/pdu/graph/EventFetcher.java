package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.RoomLanes;
import org.stratafed.server.engine.pdu.room.StoreOutliers;

/// Fetches events that others cite, and keeps the sound ones as outliers.
final class EventFetcher {

    /// Above this many, the whole state is asked for rather than each event.
    static final int SINGLE_EVENTS_MAX = 30;

    /// About as many as an event ID has in an answer.
    private static final int ID_BYTES = 50;

    private final RemoteRooms remote;
    private final RoomStore rooms;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Fetches fetches = new Fetches();

    EventFetcher(RemoteRooms remote, RoomStore rooms, RoomLanes lanes, PduIntake intake) {
        this.remote = remote;
        this.rooms = rooms;
        this.lanes = lanes;
        this.intake = intake;
    }

    /// A server to ask, and the room asked about.
    ///
    /// @param received where it is counted what came in
    record Source(ServerName server, RoomId room, RoomVersionRules rules, Received received) {

        Optional<Arrival> arrival() {
            return Optional.of(Arrival.of(Arrival.Way.FETCHED, server));
        }
    }

    Fetches fetches() {
        return fetches;
    }

    /// The same, but fails unless all of that state is here then: an event that can't be had, or
    /// not be proved, now may be another time, and what is placed without it stays so.
    Uni<List<EventId>> wholeStateBefore(Source source, EventId event) {
        return stateBefore(source, event)
                .chain(
                        state ->
                                unknown(source.room(), state)
                                        .invoke(missing -> requireNone(source, event, missing))
                                        .replaceWith(state));
    }

    private static void requireNone(Source source, EventId event, SequencedSet<EventId> missing) {
        if (!missing.isEmpty()) {
            throw new RemoteFailure.Garbled(
                    "%s has %d events of the state before %s that can't be proved"
                            .formatted(source.server(), missing.size(), event));
        }
    }

    /// Asks for the state before an event, fetches what of it is not here, and answers the ids of
    /// the state.
    Uni<List<EventId>> stateBefore(Source source, EventId event) {
        var question = new EventInRoom(source.room(), event);
        return remote.stateIds(source.server(), question)
                .chain(
                        ids -> {
                            var all = new LinkedHashSet<>(ids.authChain());
                            all.addAll(ids.state());
                            source.received().add(0, (long) ID_BYTES * all.size());
                            return unknown(source.room(), all)
                                    .chain(missing -> fetchState(source, question, missing))
                                    .replaceWith(ids.state());
                        });
    }

    private Uni<Void> fetchState(
            Source source, EventInRoom question, SequencedSet<EventId> missing) {
        return fetches.alone(
                source.room(),
                missing,
                () ->
                        unknown(source.room(), missing)
                                .chain(still -> fetchStateAlone(source, question, still)));
    }

    private Uni<Void> fetchStateAlone(
            Source source, EventInRoom question, SequencedSet<EventId> missing) {
        if (missing.size() <= SINGLE_EVENTS_MAX) {
            return events(source, missing).chain(raw -> keep(source, raw));
        }
        return remote.state(source.server(), question)
                .chain(
                        state -> {
                            var raw = new ArrayList<>(state.authChain());
                            raw.addAll(state.state());
                            return keep(source, raw);
                        });
    }

    /// Fetches what of an event's auth chain is not here.
    ///
    /// @param missing what is known to be missing of it
    Uni<Void> authChain(Source source, EventId event, SequencedSet<EventId> missing) {
        return fetches.alone(
                source.room(),
                missing,
                () ->
                        unknown(source.room(), missing)
                                .chain(
                                        still ->
                                                still.isEmpty()
                                                        ? Uni.createFrom().voidItem()
                                                        : authChain(source, event)));
    }

    private Uni<Void> authChain(Source source, EventId event) {
        return remote.eventAuth(source.server(), new EventInRoom(source.room(), event))
                .chain(raw -> keep(source, raw));
    }

    /// Fetches these events one by one; those that the server does not have are left out.
    Uni<Void> outliers(Source source, Collection<EventId> ids) {
        return fetches.alone(
                source.room(),
                ids,
                () ->
                        unknown(source.room(), ids)
                                .chain(missing -> events(source, missing))
                                .chain(raw -> keep(source, raw)));
    }

    /// Those of the ids of which nothing is stored.
    Uni<SequencedSet<EventId>> unknown(RoomId room, Collection<EventId> ids) {
        return rooms.events(room, ids)
                .map(
                        known -> {
                            var unknown = new LinkedHashSet<>(ids);
                            unknown.removeAll(known.keySet());
                            return unknown;
                        });
    }

    /// Those of the events that have no place in the room yet.
    Uni<List<Pdu>> unplaced(RoomId room, List<Pdu> events) {
        return rooms.events(room, events.stream().map(Pdu::id).toList())
                .map(
                        known ->
                                events.stream()
                                        .filter(
                                                event -> {
                                                    var stored = known.get(event.id());
                                                    return stored == null
                                                            || stored.kind() == EventKind.OUTLIER;
                                                })
                                        .toList());
    }

    private Uni<List<RawPdu>> events(Source source, SequencedSet<EventId> ids) {
        Uni<List<RawPdu>> all = Uni.createFrom().item(new ArrayList<>());
        for (var id : ids.stream().limit(SINGLE_EVENTS_MAX).toList()) {
            all =
                    all.chain(
                            found ->
                                    remote.event(source.server(), id)
                                            .map(
                                                    event -> {
                                                        event.ifPresent(found::add);
                                                        return found;
                                                    }));
        }
        return all;
    }

    private Uni<Void> keep(Source source, List<RawPdu> raw) {
        return intake.bytes(raw)
                .invoke(bytes -> source.received().add(raw.size(), bytes))
                .chain(() -> intake.sound(source.rules(), raw, source.server()))
                .map(
                        sound ->
                                sound.stream()
                                        .filter(event -> event.roomId().equals(source.room()))
                                        .toList())
                .chain(
                        events ->
                                events.isEmpty()
                                        ? Uni.createFrom().item(0)
                                        : lanes.lane(source.room())
                                                .run(new StoreOutliers(events, source.arrival())))
                .replaceWithVoid();
    }
}
