package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
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
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.server.engine.pdu.acl.ServerAcls;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.handshake.EndedElsewhere;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.KnownEvents;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Events that other servers push: checked each on its own, then decided on together in their
/// room's next turn.
final class Receiving {

    private final HomeserverEnvironment environment;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Judging judging;
    private final EndedElsewhere endedElsewhere;
    private final ServerAcls acls;

    Receiving(
            HomeserverEnvironment environment,
            RoomLanes lanes,
            PduIntake intake,
            Judging judging,
            EndedElsewhere endedElsewhere,
            ServerAcls acls) {
        this.environment = environment;
        this.lanes = lanes;
        this.intake = intake;
        this.judging = judging;
        this.endedElsewhere = endedElsewhere;
        this.acls = acls;
    }

    Uni<SequencedMap<EventId, PduOutcome>> receive(
            ServerName origin, RoomId room, List<RawPdu> pdus) {
        return lanes.lane(room)
                .tip()
                .chain(
                        tip -> {
                            var rules =
                                    tip.map(RoomSnapshot::version).flatMap(RoomVersionRules::of);
                            var ended = endedElsewhere.receive(origin, room, pdus);
                            return rules.isEmpty()
                                    ? ended.map(all -> notInRoom(origin, room, all))
                                    : ended.chain(
                                            all ->
                                                    receive(
                                                            origin,
                                                            tip.get(),
                                                            rules.get(),
                                                            pdus,
                                                            all));
                        });
    }

    /// A room that was left is known, and may have invited somebody again. What ended that is no
    /// news of the room as we know it.
    private Uni<SequencedMap<EventId, PduOutcome>> receive(
            ServerName origin,
            RoomSnapshot tip,
            RoomVersionRules rules,
            List<RawPdu> pdus,
            SequencedMap<EventId, PduOutcome> ended) {
        if (ended.isEmpty()) {
            return receive(origin, tip, rules, pdus);
        }
        var others = pdus.stream().filter(pdu -> !endedElsewhere.isEnding(pdu)).toList();
        return receive(origin, tip, rules, others)
                .map(
                        outcomes -> {
                            var all = new LinkedHashMap<>(ended);
                            all.putAll(outcomes);
                            return all;
                        });
    }

    /// Of a server that the room denies nothing is taken, whoever made it.
    private Uni<SequencedMap<EventId, PduOutcome>> receive(
            ServerName origin, RoomSnapshot tip, RoomVersionRules rules, List<RawPdu> pdus) {
        return acls.allows(origin, tip)
                .chain(
                        allowed ->
                                intake.parse(rules, pdus)
                                        .chain(
                                                parsed ->
                                                        allowed
                                                                ? check(
                                                                        origin,
                                                                        tip.room(),
                                                                        rules,
                                                                        parsed)
                                                                : denied(
                                                                        origin,
                                                                        tip.room(),
                                                                        parsed)));
    }

    private Uni<SequencedMap<EventId, PduOutcome>> denied(
            ServerName origin, RoomId room, List<ParsedPdu> parsed) {
        var outcomes = inOrder(parsed);
        var refusal = new Refusal(PduCheck.SERVER_ACL, ServerAcls.denial(origin, room));
        outcomes.replaceAll((_, _) -> new PduOutcome.Dropped(refusal));
        report(origin, room, outcomes);
        return Uni.createFrom().item(outcomes);
    }

    /// Without the room its version isn't known, and without that no event's id.
    private SequencedMap<EventId, PduOutcome> notInRoom(
            ServerName origin, RoomId room, SequencedMap<EventId, PduOutcome> ended) {
        if (!ended.isEmpty()) {
            return ended;
        }
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
            ServerName origin, RoomId room, RoomVersionRules rules, List<ParsedPdu> parsed) {
        return known(room, parsed).chain(known -> check(origin, room, rules, parsed, known));
    }

    /// Those that are in place already. They cost nothing more: their ids are hashes over them, or
    /// else the first event of an id is the one that counts.
    private Uni<SequencedSet<EventId>> known(RoomId room, List<ParsedPdu> parsed) {
        var ids = new LinkedHashSet<EventId>();
        var cited = new LinkedHashSet<EventId>();
        for (var one : parsed) {
            switch (one) {
                case ParsedPdu.Parsed(var pdu) -> {
                    ids.add(pdu.id());
                    cited.addAll(pdu.prevEvents());
                    cited.addAll(pdu.authEvents());
                }
                case ParsedPdu.NotAnEvent _ -> {}
            }
        }
        return lanes.lane(room).run(new KnownEvents(ids, cited));
    }

    private Uni<SequencedMap<EventId, PduOutcome>> check(
            ServerName origin,
            RoomId room,
            RoomVersionRules rules,
            List<ParsedPdu> parsed,
            SequencedSet<EventId> known) {
        return intake.check(rules, parsed, known, List.of(origin))
                .chain(
                        received -> {
                            var outcomes = inOrder(parsed);
                            var sound = new ArrayList<Pdu>();
                            received.forEach(pdu -> sort(origin, room, pdu, outcomes, sound));
                            return decide(origin, room, sound)
                                    .invoke(outcomes::putAll)
                                    .<SequencedMap<EventId, PduOutcome>>replaceWith(outcomes);
                        })
                .invoke(outcomes -> report(origin, room, outcomes));
    }

    /// All as if they were known, which those that aren't checked are.
    private static SequencedMap<EventId, PduOutcome> inOrder(List<ParsedPdu> parsed) {
        var outcomes = new LinkedHashMap<EventId, PduOutcome>();
        for (var one : parsed) {
            switch (one) {
                case ParsedPdu.Parsed(var pdu) ->
                        outcomes.put(pdu.id(), new PduOutcome.Duplicate());
                case ParsedPdu.NotAnEvent _ -> {}
            }
        }
        return outcomes;
    }

    /// Of what has no ID nobody but the operator can be told.
    private void sort(
            ServerName origin,
            RoomId room,
            ReceivedPdu received,
            SequencedMap<EventId, PduOutcome> outcomes,
            List<Pdu> sound) {
        switch (received) {
            case ReceivedPdu.Sound(var pdu, _) -> {
                // Replaced by what is decided.
                outcomes.put(
                        pdu.id(),
                        new PduOutcome.Dropped(
                                new Refusal(PduCheck.FORMAT, "the event is of another room")));
                if (pdu.roomId().equals(room)) {
                    sound.add(pdu);
                }
            }
            case ReceivedPdu.Refused(var id, var refusal) ->
                    id.ifPresentOrElse(
                            it -> outcomes.put(it, new PduOutcome.Dropped(refusal)),
                            () ->
                                    environment
                                            .telemetry()
                                            .refused(
                                                    origin,
                                                    Optional.of(room),
                                                    Optional.empty(),
                                                    refusal));
        }
    }

    private Uni<SequencedMap<EventId, PduOutcome>> decide(
            ServerName origin, RoomId room, List<Pdu> sound) {
        return sound.isEmpty()
                ? Uni.createFrom().item(new LinkedHashMap<>())
                : judging.judge(room, origin, sound, ReceiveEvents.Handling.PUSHED);
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
