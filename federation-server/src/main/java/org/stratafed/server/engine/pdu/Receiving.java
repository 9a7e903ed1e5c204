package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Events that other servers push: checked each on its own, then decided on together in their
/// room's next turn.
final class Receiving {

    private final HomeserverEnvironment environment;
    private final RoomLanes lanes;
    private final PduIntake intake;

    Receiving(HomeserverEnvironment environment, RoomLanes lanes, PduIntake intake) {
        this.environment = environment;
        this.lanes = lanes;
        this.intake = intake;
    }

    Uni<SequencedMap<EventId, PduOutcome>> receive(
            ServerName origin, RoomId room, List<RawPdu> pdus) {
        return lanes.lane(room)
                .rules()
                .chain(
                        rules ->
                                rules.isEmpty()
                                        ? Uni.createFrom().item(notInRoom(origin, room))
                                        : check(origin, room, rules.get(), pdus));
    }

    /// Without the room its version isn't known, and without that no event's id.
    private SequencedMap<EventId, PduOutcome> notInRoom(ServerName origin, RoomId room) {
        environment
                .telemetry()
                .refused(
                        origin,
                        Optional.of(room),
                        Optional.empty(),
                        new Refusal(PduCheck.FORMAT, "this server is not in the room"));
        return new LinkedHashMap<>();
    }

    private Uni<SequencedMap<EventId, PduOutcome>> check(
            ServerName origin, RoomId room, RoomVersionRules rules, List<RawPdu> pdus) {
        return intake.check(rules, pdus)
                .chain(
                        received -> {
                            var outcomes = new LinkedHashMap<EventId, PduOutcome>();
                            var sound = new ArrayList<Pdu>();
                            received.forEach(pdu -> sort(room, pdu, outcomes, sound));
                            return decide(origin, room, sound)
                                    .invoke(outcomes::putAll)
                                    .<SequencedMap<EventId, PduOutcome>>replaceWith(outcomes);
                        })
                .invoke(outcomes -> report(origin, room, outcomes));
    }

    private void sort(
            RoomId room,
            ReceivedPdu received,
            SequencedMap<EventId, PduOutcome> outcomes,
            List<Pdu> sound) {
        switch (received) {
            case ReceivedPdu.Sound(var pdu, _) -> {
                // Claims the place in the order given; replaced by what is decided.
                outcomes.put(
                        pdu.id(),
                        new PduOutcome.Dropped(
                                new Refusal(PduCheck.FORMAT, "the event is of another room")));
                if (pdu.roomId().equals(room)) {
                    sound.add(pdu);
                }
            }
            case ReceivedPdu.Refused(var id, var refusal) ->
                    id.ifPresent(i -> outcomes.put(i, new PduOutcome.Dropped(refusal)));
        }
    }

    private Uni<SequencedMap<EventId, PduOutcome>> decide(
            ServerName origin, RoomId room, List<Pdu> sound) {
        return sound.isEmpty()
                ? Uni.createFrom().item(new LinkedHashMap<>())
                : lanes.lane(room)
                        .run(new ReceiveEvents(origin, sound, ReceiveEvents.Handling.PUSHED));
    }

    private void report(
            ServerName origin, RoomId room, SequencedMap<EventId, PduOutcome> outcomes) {
        outcomes.forEach(
                (id, outcome) ->
                        refusal(outcome)
                                .ifPresent(
                                        why ->
                                                environment
                                                        .telemetry()
                                                        .refused(
                                                                origin,
                                                                Optional.of(room),
                                                                Optional.of(id),
                                                                why)));
    }

    private static Optional<Refusal> refusal(PduOutcome outcome) {
        return switch (outcome) {
            case PduOutcome.Dropped(var refusal) -> Optional.of(refusal);
            case PduOutcome.Rejected(var refusal) -> Optional.of(refusal);
            case PduOutcome.SoftFailed(var refusal) -> Optional.of(refusal);
            case PduOutcome.Accepted _, PduOutcome.Duplicate _, PduOutcome.Deferred _ ->
                    Optional.empty();
        };
    }
}
