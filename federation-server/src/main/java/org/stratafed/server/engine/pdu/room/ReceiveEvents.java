package org.stratafed.server.engine.pdu.room;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Arrival.Way;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.api.spi.store.StoredEvent;

/// Events that another server sent, each of them sound in itself.
///
/// @param origin who sent them, not necessarily who made them
/// @param handling what is special about how they came
/// @param waiting events that wait for these, so that it is known what comes after them
/// @param arrival how they came; empty for those that were staged, of which that is known
public record ReceiveEvents(
        ServerName origin,
        List<Pdu> events,
        Handling handling,
        Collection<Pdu> waiting,
        Optional<Arrival> arrival)
        implements Decision<SequencedMap<EventId, PduOutcome>> {

    public ReceiveEvents(
            ServerName origin, List<Pdu> events, Handling handling, Collection<Pdu> waiting) {
        this(origin, events, handling, waiting, handling.way().map(way -> Arrival.of(way, origin)));
    }

    public ReceiveEvents(ServerName origin, List<Pdu> events, Handling handling) {
        this(origin, events, handling, List.of());
    }

    /// Those that came in a transaction.
    public static ReceiveEvents pushed(Arrival arrival, List<Pdu> events) {
        return new ReceiveEvents(
                arrival.peer(), events, Handling.PUSHED, List.of(), Optional.of(arrival));
    }

    /// One of them, while it is known what comes after it.
    ReceiveEvents only(Pdu event, Collection<Pdu> others) {
        return new ReceiveEvents(origin, List.of(event), handling, others, arrival);
    }

    /// How received events are handled.
    public enum Handling {
        /// Pushed to us: everybody in the room gets them from their origin.
        PUSHED,
        /// Given to us to be passed on to the others in the room, and no good to anybody unless it
        /// stands: a membership that was made through us.
        HANDED_IN,
        /// Staged before, and judged again since something has come.
        STAGED;

        private Optional<Way> way() {
            return switch (this) {
                case PUSHED -> Optional.of(Way.FETCHED);
                case HANDED_IN -> Optional.of(Way.HANDED_IN);
                case STAGED -> Optional.empty();
            };
        }
    }

    @Override
    public SequencedMap<EventId, PduOutcome> decide(RoomTransition transition, Deciding with) {
        var receipt = new Receipt(transition, with.signatures());
        if (handling == Handling.HANDED_IN) {
            transition.mustBeResident(with.server().name());
        }
        transition.require(cited());
        transition.extremities().expect(events, waiting);
        var outcomes = new LinkedHashMap<EventId, PduOutcome>();
        events.forEach(event -> outcomes.put(event.id(), new PduOutcome.Duplicate()));
        for (var event : TopologicalOrder.byPrevEvents(events)) {
            var outcome = receipt.decide(event, Placement.LIVE);
            outcomes.put(event.id(), follow(transition, with, event, outcome));
        }
        return outcomes;
    }

    private SequencedSet<EventId> cited() {
        var ids = new LinkedHashSet<EventId>();
        for (var event : events) {
            ids.add(event.id());
            ids.addAll(event.prevEvents());
            ids.addAll(event.authEvents());
        }
        return ids;
    }

    private PduOutcome follow(
            RoomTransition transition, Deciding with, Pdu event, PduOutcome outcome) {
        switch (outcome) {
            case PduOutcome.Accepted _ -> {
                if (handling == Handling.HANDED_IN) {
                    transition.send(
                            event.id(), Audience.of(transition, event, with.server(), origin));
                }
            }
            case PduOutcome.Deferred deferred -> {
                mustStand(outcome);
                if (deferred.reason() == PduOutcome.Wait.POLICY) {
                    transition.awaitSignature(event);
                }
                var raw = new RawPdu(event.json());
                return transition
                        .staging()
                        .keep(
                                new StagedEvent(event.id(), origin, deferred.reason(), raw),
                                deferred);
            }
            case PduOutcome.Duplicate _ -> {
                transition.staging().end(event.id());
                transition.event(event.id()).ifPresent(this::mustStand);
            }
            case PduOutcome.SoftFailed _, PduOutcome.Rejected _ -> mustStand(outcome);
            case PduOutcome.Dropped _ -> {}
        }
        return outcome;
    }

    /// A copy of what is known already is no better than that.
    private void mustStand(StoredEvent known) {
        if (handling == Handling.HANDED_IN && known.status() != EventStatus.ACCEPTED) {
            throw MatrixException.forbidden(
                    known.refusal().map(Refusal::text).orElse("the event does not stand"));
        }
    }

    private void mustStand(PduOutcome outcome) {
        if (handling == Handling.HANDED_IN) {
            throw MatrixException.forbidden(
                    switch (outcome) {
                        case PduOutcome.SoftFailed(var refusal) -> refusal.text();
                        case PduOutcome.Rejected(var refusal) -> refusal.text();
                        case PduOutcome.Dropped(var refusal) -> refusal.text();
                        case PduOutcome.Deferred(var wait, _) when wait == PduOutcome.Wait.POLICY ->
                                "the room's policy server has not signed the event";
                        case PduOutcome.Deferred(_, var missing) ->
                                "the event cites events that are not known here: " + missing;
                        case PduOutcome.Accepted _, PduOutcome.Duplicate _ ->
                                throw new IllegalArgumentException("it stands");
                    });
        }
    }
}
