package org.stratafed.server.engine.messaging.reading;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;

/// What was so around events, as far as it matters for showing them to a reader.
///
/// @param states what the room's state had at the points before and after the events
record EventStates(
        Reader reader, SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>> states) {

    static final StateKeyTuple VISIBILITY = new StateKeyTuple(HistoryVisibility.TYPE, "");

    static StateKeyTuple member(Reader reader) {
        return new StateKeyTuple("m.room.member", reader.user().value());
    }

    /// Those of the events that the reader gets to see.
    List<StoredEvent> visible(List<StoredEvent> events) {
        return events.stream().filter(this::isVisible).toList();
    }

    private boolean isVisible(StoredEvent event) {
        if (event.after().isEmpty() || event.order().isEmpty()) {
            return false;
        }
        if (reader.seesOwnMembership()
                && event.pdu().isState("m.room.member", reader.user().value())) {
            return true;
        }
        boolean joinsLater = reader.joinsAfter(event.order().getAsLong());
        return HistoryVisibility.shows(event.pdu(), around(event), reader.user(), joinsLater);
    }

    /// Only a state event can change anything, so for others before is as after.
    private HistoryVisibility.Around around(StoredEvent event) {
        var after = event.after();
        var before = event.pdu().isState() ? event.before() : after;
        return new HistoryVisibility.Around(
                HistoryVisibility.of(at(before, VISIBILITY)),
                HistoryVisibility.of(at(after, VISIBILITY)),
                membership(before),
                membership(after));
    }

    private String membership(Optional<StatePoint> point) {
        return at(point, member(reader))
                .flatMap(it -> it.content().string("membership"))
                .orElse("leave");
    }

    private Optional<Pdu> at(Optional<StatePoint> point, StateKeyTuple key) {
        return point.map(states::get).map(state -> state.get(key));
    }

    /// The event of the room's state that a state event took the place of.
    Optional<Pdu> replaced(StoredEvent event) {
        return event.pdu().stateTuple().flatMap(key -> at(event.before(), key));
    }

    ShownEvent view(
            StoredEvent event,
            Redactions.Applied redactions,
            SequencedMap<EventId, ClientTransaction> transactions) {
        var shown =
                new TimelineEvent(
                        redactions.show(event.pdu()),
                        event.position(),
                        transaction(Optional.ofNullable(transactions.get(event.pdu().id()))),
                        replaced(event).map(it -> redactions.show(it).content()),
                        redactions.because(event.pdu()),
                        Optional.of(membership(event.after())));
        return new ShownEvent(event, shown);
    }

    private Optional<TransactionId> transaction(Optional<ClientTransaction> made) {
        return made.filter(it -> it.user().equals(reader.user()))
                .filter(it -> reader.device().equals(Optional.of(it.device())))
                .map(ClientTransaction::transaction);
    }
}
