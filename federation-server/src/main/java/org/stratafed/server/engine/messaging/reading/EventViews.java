package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;

/// Shows events of a room's history to a reader: those they may see, redacted where they are, and
/// with what a client is told beside the event. Four reads or less, however many events.
public final class EventViews {

    private final Stores stores;
    private final Redactions redactions;

    public EventViews(Stores stores) {
        this.stores = stores;
        this.redactions = new Redactions(stores);
    }

    /// What of these events the reader gets to see, in the order given.
    public Uni<List<ShownEvent>> show(Reader reader, RoomId room, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return stores.timeline()
                .stateEvents(room, wanted(reader, events))
                .map(states -> new EventStates(reader, states))
                .chain(states -> show(room, states, states.visible(events)));
    }

    private Uni<List<ShownEvent>> show(RoomId room, EventStates states, List<StoredEvent> visible) {
        if (visible.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return redactions
                .inEffect(room, visible.stream().filter(EventViews::isRedaction).toList())
                .map(effective -> withoutIdle(visible, effective))
                .chain(shown -> views(room, states, shown));
    }

    private static boolean isRedaction(StoredEvent event) {
        return event.pdu().type().equals(Redactions.TYPE) && !event.pdu().isState();
    }

    private static List<StoredEvent> withoutIdle(
            List<StoredEvent> events, SequencedSet<EventId> effective) {
        return events.stream()
                .filter(it -> !isRedaction(it) || effective.contains(it.pdu().id()))
                .toList();
    }

    private Uni<List<ShownEvent>> views(RoomId room, EventStates states, List<StoredEvent> shown) {
        var pdus = new ArrayList<Pdu>();
        for (var event : shown) {
            pdus.add(event.pdu());
            states.replaced(event).ifPresent(pdus::add);
        }
        return Uni.combine()
                .all()
                .unis(redactions.of(room, pdus), transactions(states.reader(), shown))
                .asTuple()
                .map(
                        both ->
                                shown.stream()
                                        .map(
                                                it ->
                                                        states.view(
                                                                it,
                                                                both.getItem1(),
                                                                both.getItem2()))
                                        .toList());
    }

    /// The client transactions of the reader's own events; what others' devices called theirs is
    /// nobody's business.
    private Uni<SequencedMap<EventId, ClientTransaction>> transactions(
            Reader reader, List<StoredEvent> events) {
        var own = new LinkedHashSet<EventId>();
        events.stream()
                .map(StoredEvent::pdu)
                .filter(it -> reader.device().isPresent() && it.sender().equals(reader.user()))
                .forEach(it -> own.add(it.id()));
        return own.isEmpty()
                ? Uni.createFrom().item(new LinkedHashMap<>())
                : stores.timeline().clientTransactions(own);
    }

    private static SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted(
            Reader reader, List<StoredEvent> events) {
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        var member = EventStates.member(reader);
        for (var event : events) {
            var always = List.of(EventStates.VISIBILITY, member);
            event.after().ifPresent(it -> at(wanted, it).addAll(always));
            event.before()
                    .ifPresent(
                            it ->
                                    event.pdu()
                                            .stateTuple()
                                            .ifPresent(
                                                    key -> {
                                                        at(wanted, it).addAll(always);
                                                        at(wanted, it).add(key);
                                                    }));
        }
        return wanted;
    }

    private static SequencedSet<StateKeyTuple> at(
            SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted, StatePoint point) {
        return wanted.computeIfAbsent(point, _ -> new LinkedHashSet<>());
    }
}
