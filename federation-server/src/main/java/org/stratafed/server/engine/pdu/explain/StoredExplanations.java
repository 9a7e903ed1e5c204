package org.stratafed.server.engine.pdu.explain;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.pdu.EventExplanation;
import org.stratafed.api.layer.pdu.EventExplanation.Fetch;
import org.stratafed.api.layer.pdu.EventExplanation.Verdict;
import org.stratafed.api.layer.pdu.EventExplanation.Waiting;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.layer.pdu.RoomExplanation;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.VerdictStore;

/// Explanations from what was stored about events, and from the notes about the newest ones.
public final class StoredExplanations implements Explanations {

    /// The newest refusals that are told of a room, of each kind.
    static final int REFUSALS_MAX = 20;

    private final Stores stores;
    private final RoomStore rooms;
    private final VerdictStore verdicts;
    private final Deciders deciders;
    private final Awaited awaited;
    private final TimeBook times;
    private final FetchBook fetches;

    public StoredExplanations(
            HomeserverEnvironment environment, TimeBook times, NotedRemoteRooms remote) {
        this.stores = environment.stores();
        this.rooms = stores.rooms();
        this.verdicts = stores.verdicts();
        this.deciders = new Deciders(environment);
        this.awaited = new Awaited(stores);
        this.times = times;
        this.fetches = remote.book();
    }

    @Override
    public Uni<Optional<EventExplanation>> event(EventId event) {
        return verdicts.dropped(event)
                .chain(
                        dropped ->
                                verdicts.roomOf(event)
                                        .chain(
                                                room ->
                                                        room.isPresent()
                                                                ? inRoom(room.get(), event, dropped)
                                                                : elsewhere(event, dropped)));
    }

    private Uni<Optional<EventExplanation>> inRoom(
            RoomId room, EventId event, List<DroppedPdu> dropped) {
        return rooms.snapshot(room)
                .chain(
                        tip ->
                                rooms.events(room, List.of(event))
                                        .chain(
                                                found ->
                                                        found.isEmpty()
                                                                ? waiting(tip, room, event, dropped)
                                                                : decided(
                                                                        tip,
                                                                        found.get(event),
                                                                        dropped)));
    }

    private Uni<Optional<EventExplanation>> elsewhere(EventId event, List<DroppedPdu> dropped) {
        if (dropped.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var room = dropped.getFirst().room();
        Uni<Optional<RoomSnapshot>> tip =
                room.isPresent()
                        ? rooms.snapshot(room.get())
                        : Uni.createFrom().item(Optional.empty());
        return tip.map(
                it ->
                        Optional.of(
                                new EventExplanation(
                                        event,
                                        Sentences.dropped(event, dropped),
                                        room,
                                        it.map(RoomSnapshot::version),
                                        Optional.empty(),
                                        Optional.empty(),
                                        dropped,
                                        times.of(event),
                                        fetches.about(event))));
    }

    private Uni<Optional<EventExplanation>> decided(
            Optional<RoomSnapshot> tip, StoredEvent event, List<DroppedPdu> dropped) {
        var version = tip.map(RoomSnapshot::version);
        return verdict(version, event)
                .map(
                        verdict ->
                                Optional.of(
                                        new EventExplanation(
                                                event.pdu().id(),
                                                Sentences.decided(
                                                        verdict,
                                                        version.orElse(RoomVersion.WHEN_UNNAMED)),
                                                Optional.of(event.pdu().roomId()),
                                                version,
                                                Optional.of(verdict),
                                                Optional.empty(),
                                                dropped,
                                                times.of(event.pdu().id()),
                                                fetches(event.pdu()))));
    }

    private Uni<Verdict> verdict(Optional<RoomVersion> version, StoredEvent event) {
        var room = event.pdu().roomId();
        var rules = version.flatMap(RoomVersionRules::of);
        Uni<List<EventId>> deciding =
                rules.isPresent()
                        ? deciders.of(room, rules.get(), event)
                        : Uni.createFrom().item(List.of());
        return deciding.chain(
                those ->
                        verdicts.arrival(room, event.pdu().id())
                                .map(
                                        arrival ->
                                                new Verdict(
                                                        event.pdu(),
                                                        event.kind(),
                                                        event.status(),
                                                        event.refusal(),
                                                        those,
                                                        arrival)));
    }

    private Uni<Optional<EventExplanation>> waiting(
            Optional<RoomSnapshot> tip, RoomId room, EventId event, List<DroppedPdu> dropped) {
        return rooms.staged(room)
                .map(all -> all.stream().filter(it -> it.id().equals(event)).toList())
                .chain(
                        staged ->
                                awaited.of(tip, room, staged)
                                        .map(
                                                waiting ->
                                                        Optional.ofNullable(waiting.get(event))
                                                                .map(
                                                                        it ->
                                                                                waits(
                                                                                        tip, room,
                                                                                        staged, it,
                                                                                        dropped))));
    }

    private EventExplanation waits(
            Optional<RoomSnapshot> tip,
            RoomId room,
            List<StagedEvent> staged,
            Waiting waiting,
            List<DroppedPdu> dropped) {
        var event = staged.getFirst();
        var asked = Awaited.parsed(tip, event).map(this::fetches).orElse(List.of());
        return new EventExplanation(
                event.id(),
                Sentences.waiting(event.id(), waiting),
                Optional.of(room),
                tip.map(RoomSnapshot::version),
                Optional.empty(),
                Optional.of(waiting),
                dropped,
                times.of(event.id()),
                asked);
    }

    /// What was asked about the event, and about what it cites.
    private List<Fetch> fetches(Pdu pdu) {
        var all = new ArrayList<>(fetches.about(pdu.id()));
        Awaited.cited(pdu).forEach(id -> all.addAll(fetches.about(id)));
        all.sort(Comparator.comparingLong(Fetch::at));
        return List.copyOf(all);
    }

    @Override
    public Uni<Optional<RoomExplanation>> room(RoomId room) {
        return rooms.snapshot(room)
                .chain(
                        tip ->
                                tip.isEmpty()
                                        ? Uni.createFrom().item(Optional.empty())
                                        : room(tip.get()).map(Optional::of));
    }

    private Uni<RoomExplanation> room(RoomSnapshot tip) {
        var room = tip.room();
        return Uni.combine()
                .all()
                .unis(
                        rooms.staged(room).chain(it -> awaited.of(Optional.of(tip), room, it)),
                        stores.health().gaps(room),
                        stores.health().resets(room),
                        stores.timeline().residentServers(room),
                        refused(tip),
                        verdicts.dropped(room, REFUSALS_MAX))
                .with(
                        (waiting, gaps, resets, residents, refused, dropped) -> {
                            var extremities = new LinkedHashMap<EventId, Long>();
                            tip.extremities().forEach((id, it) -> extremities.put(id, it.depth()));
                            return new RoomExplanation(
                                    room,
                                    Sentences.room(
                                            tip, waiting.size(), gaps.size(), residents.size()),
                                    tip.version(),
                                    tip.completeness(),
                                    tip.revision(),
                                    extremities,
                                    waiting,
                                    gaps,
                                    resets,
                                    residents,
                                    tip.nextLine(),
                                    refused,
                                    dropped);
                        });
    }

    private Uni<List<Verdict>> refused(RoomSnapshot tip) {
        return verdicts.refused(tip.room(), REFUSALS_MAX)
                .chain(
                        events -> {
                            List<Verdict> all = new ArrayList<>();
                            Uni<List<Verdict>> done = Uni.createFrom().item(all);
                            for (var event : events) {
                                done =
                                        done.call(
                                                () ->
                                                        verdict(Optional.of(tip.version()), event)
                                                                .invoke(all::add));
                            }
                            return done;
                        });
    }

    @Override
    public Uni<List<DroppedPdu>> dropped(ServerName origin) {
        return verdicts.dropped(origin);
    }
}
