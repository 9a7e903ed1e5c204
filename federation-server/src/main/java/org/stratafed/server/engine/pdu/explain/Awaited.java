package org.stratafed.server.engine.pdu.explain;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.layer.pdu.EventExplanation.Waiting;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.api.spi.store.VerdictStore;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// What staged events wait for: of what they cite, that which isn't here.
final class Awaited {

    private final RoomStore rooms;
    private final VerdictStore verdicts;

    Awaited(Stores stores) {
        this.rooms = stores.rooms();
        this.verdicts = stores.verdicts();
    }

    Uni<SequencedMap<EventId, Waiting>> of(
            Optional<RoomSnapshot> tip, RoomId room, List<StagedEvent> staged) {
        var events = new LinkedHashMap<EventId, Optional<Pdu>>();
        staged.forEach(event -> events.put(event.id(), parsed(tip, event)));
        var cited = new LinkedHashSet<EventId>();
        events.values().forEach(event -> event.ifPresent(pdu -> cited.addAll(cited(pdu))));
        return rooms.events(room, cited)
                .chain(
                        known -> {
                            SequencedMap<EventId, Waiting> waiting = new LinkedHashMap<>();
                            var done = Uni.createFrom().item(waiting);
                            for (var event : staged) {
                                var missing = missing(events.get(event.id()), known);
                                done =
                                        done.call(
                                                all ->
                                                        waiting(room, event, missing)
                                                                .invoke(
                                                                        it ->
                                                                                all.put(
                                                                                        event.id(),
                                                                                        it)));
                            }
                            return done;
                        });
    }

    private Uni<Waiting> waiting(RoomId room, StagedEvent event, SequencedSet<EventId> missing) {
        return verdicts.arrival(room, event.id())
                .map(arrival -> new Waiting(event.reason(), missing, arrival));
    }

    /// What comes before an event has to have a place; its auth events need only be known.
    private static SequencedSet<EventId> missing(
            Optional<Pdu> event, SequencedMap<EventId, StoredEvent> known) {
        var missing = new LinkedHashSet<EventId>();
        event.ifPresent(
                pdu -> {
                    missing.addAll(pdu.prevEvents());
                    missing.removeIf(
                            id ->
                                    known.containsKey(id)
                                            && known.get(id).kind() != EventKind.OUTLIER);
                    pdu.authEvents().stream()
                            .filter(id -> !known.containsKey(id))
                            .forEach(missing::add);
                });
        return missing;
    }

    static SequencedSet<EventId> cited(Pdu pdu) {
        var cited = new LinkedHashSet<>(pdu.prevEvents());
        cited.addAll(pdu.authEvents());
        return cited;
    }

    static Optional<Pdu> parsed(Optional<RoomSnapshot> tip, StagedEvent event) {
        return tip.map(RoomSnapshot::version)
                .flatMap(RoomVersionRules::of)
                .flatMap(
                        rules ->
                                switch (EventParser.parse(rules, event.pdu())) {
                                    case ParsedPdu.Parsed(var pdu) -> Optional.of(pdu);
                                    case ParsedPdu.NotAnEvent _ -> Optional.<Pdu>empty();
                                });
    }
}
