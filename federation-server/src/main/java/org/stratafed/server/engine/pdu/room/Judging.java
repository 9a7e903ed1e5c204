package org.stratafed.server.engine.pdu.room;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// Decides on received events in one turn; where a defect of ours ends that turn, on one by one, so
/// that the event which runs into it takes no other with it. That one is put in quarantine.
public final class Judging {

    private final RoomLanes lanes;

    public Judging(RoomLanes lanes) {
        this.lanes = lanes;
    }

    public Uni<SequencedMap<EventId, PduOutcome>> judge(
            RoomId room, ServerName origin, List<Pdu> events, ReceiveEvents.Handling handling) {
        return judge(room, new ReceiveEvents(origin, events, handling));
    }

    public Uni<SequencedMap<EventId, PduOutcome>> judge(RoomId room, ReceiveEvents received) {
        return lanes.lane(room)
                .run(received)
                .onFailure(DecidingFailed.class)
                .recoverWithUni(() -> oneByOne(room, received));
    }

    private Uni<SequencedMap<EventId, PduOutcome>> oneByOne(RoomId room, ReceiveEvents received) {
        var events = received.events();
        SequencedMap<EventId, PduOutcome> outcomes = new LinkedHashMap<>();
        events.forEach(event -> outcomes.put(event.id(), new PduOutcome.Duplicate()));
        Uni<SequencedMap<EventId, PduOutcome>> judged = Uni.createFrom().item(outcomes);
        for (var event : TopologicalOrder.byPrevEvents(events)) {
            judged = judged.call(() -> one(room, received, event).invoke(outcomes::putAll));
        }
        return judged;
    }

    private Uni<SequencedMap<EventId, PduOutcome>> one(
            RoomId room, ReceiveEvents received, Pdu event) {
        var origin = received.origin();
        var all = new ArrayList<>(received.waiting());
        all.addAll(received.events());
        return lanes.lane(room)
                .run(received.only(event, all))
                .onFailure(DecidingFailed.class)
                .recoverWithUni(() -> quarantine(room, origin, event));
    }

    private Uni<SequencedMap<EventId, PduOutcome>> quarantine(
            RoomId room, ServerName origin, Pdu event) {
        return lanes.lane(room)
                .run(new Quarantine(origin, event))
                .map(
                        outcome -> {
                            var outcomes = new LinkedHashMap<EventId, PduOutcome>();
                            outcomes.put(event.id(), outcome);
                            return outcomes;
                        });
    }
}
