package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.stratafed.api.layer.pdu.EventExplanation.Stage;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.server.engine.pdu.acl.ServerAcls;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.explain.TimeBook;
import org.stratafed.server.engine.pdu.handshake.EndedElsewhere;
import org.stratafed.server.engine.pdu.intake.DroppedPdus;
import org.stratafed.server.engine.pdu.intake.DroppedPdus.Copy;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.KnownEvents;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Events that other servers push: checked each on its own, then decided on together in their
/// room's next turn.
final class Receiving {

    private static final Refusal OF_ANOTHER_ROOM =
            new Refusal(PduCheck.FORMAT, "the event is of another room");

    private final HomeserverEnvironment environment;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Judging judging;
    private final EndedElsewhere endedElsewhere;
    private final ServerAcls acls;
    private final DroppedPdus dropped;
    private final TimeBook times;

    Receiving(
            HomeserverEnvironment environment,
            RoomLanes lanes,
            PduIntake intake,
            Judging judging,
            EndedElsewhere endedElsewhere,
            ServerAcls acls,
            DroppedPdus dropped,
            TimeBook times) {
        this.environment = environment;
        this.lanes = lanes;
        this.intake = intake;
        this.judging = judging;
        this.endedElsewhere = endedElsewhere;
        this.acls = acls;
        this.dropped = dropped;
        this.times = times;
    }

    Uni<SequencedMap<EventId, PduOutcome>> receive(
            Arrival arrival, RoomId room, List<RawPdu> pdus) {
        return lanes.lane(room)
                .tip()
                .chain(
                        tip -> {
                            var rules =
                                    tip.map(RoomSnapshot::version).flatMap(RoomVersionRules::of);
                            var ended = endedElsewhere.receive(arrival.peer(), room, pdus);
                            return rules.isEmpty()
                                    ? ended.chain(all -> notInRoom(arrival, room, pdus, all))
                                    : ended.chain(
                                            all ->
                                                    receive(
                                                            new Batch(arrival, tip.get(), pdus),
                                                            rules.get(),
                                                            all));
                        });
    }

    /// Events that name no room, which nobody has a use for.
    Uni<Void> receiveRoomless(Arrival arrival, int count) {
        var refusal = new Refusal(PduCheck.FORMAT, "no usable room_id");
        return drop(arrival, Optional.empty(), count, refusal);
    }

    /// What one transaction brought for one room.
    private record Batch(Arrival arrival, RoomSnapshot tip, List<RawPdu> pdus) {

        RoomId room() {
            return tip.room();
        }
    }

    /// A room that was left is known, and may have invited somebody again. What ended that is no
    /// news of the room as we know it.
    private Uni<SequencedMap<EventId, PduOutcome>> receive(
            Batch batch, RoomVersionRules rules, SequencedMap<EventId, PduOutcome> ended) {
        if (ended.isEmpty()) {
            return receive(batch, rules);
        }
        var others = batch.pdus().stream().filter(pdu -> !endedElsewhere.isEnding(pdu)).toList();
        return receive(new Batch(batch.arrival(), batch.tip(), others), rules)
                .map(
                        outcomes -> {
                            var all = new LinkedHashMap<>(ended);
                            all.putAll(outcomes);
                            return all;
                        });
    }

    /// Of a server that the room denies nothing is taken, whoever made it.
    private Uni<SequencedMap<EventId, PduOutcome>> receive(Batch batch, RoomVersionRules rules) {
        return acls.allows(batch.arrival().peer(), batch.tip())
                .chain(
                        allowed ->
                                intake.parse(rules, batch.pdus())
                                        .chain(
                                                parsed ->
                                                        allowed
                                                                ? check(batch, rules, parsed)
                                                                : denied(batch, parsed)));
    }

    private Uni<SequencedMap<EventId, PduOutcome>> denied(Batch batch, List<ParsedPdu> parsed) {
        var outcomes = inOrder(parsed);
        var denial = ServerAcls.denial(batch.arrival().peer(), batch.room());
        var refusal = new Refusal(PduCheck.SERVER_ACL, denial);
        outcomes.replaceAll((_, _) -> new PduOutcome.Dropped(refusal));
        return drop(batch, copies(parsed, refusal)).replaceWith(outcomes);
    }

    private static List<Copy> copies(List<ParsedPdu> parsed, Refusal refusal) {
        return IntStream.range(0, parsed.size())
                .mapToObj(i -> new Copy(i, idOf(parsed.get(i)), refusal))
                .toList();
    }

    private static Optional<EventId> idOf(ParsedPdu parsed) {
        return switch (parsed) {
            case ParsedPdu.Parsed(var pdu) -> Optional.of(pdu.id());
            case ParsedPdu.NotAnEvent _ -> Optional.empty();
        };
    }

    /// Without the room its version isn't known, and without that no event's id.
    private Uni<SequencedMap<EventId, PduOutcome>> notInRoom(
            Arrival arrival,
            RoomId room,
            List<RawPdu> pdus,
            SequencedMap<EventId, PduOutcome> ended) {
        if (!ended.isEmpty()) {
            return Uni.createFrom().item(ended);
        }
        var refusal = new Refusal(PduCheck.FORMAT, "this server is not in the room");
        return drop(arrival, Optional.of(room), pdus.size(), refusal)
                .replaceWith(new LinkedHashMap<>());
    }

    private Uni<SequencedMap<EventId, PduOutcome>> check(
            Batch batch, RoomVersionRules rules, List<ParsedPdu> parsed) {
        return known(batch.room(), parsed).chain(known -> check(batch, rules, parsed, known));
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
            Batch batch,
            RoomVersionRules rules,
            List<ParsedPdu> parsed,
            SequencedSet<EventId> known) {
        var start = environment.clock().instant();
        return intake.check(rules, parsed, known, List.of(batch.arrival().peer()))
                .invoke(() -> noteChecking(parsed, known, start))
                .chain(
                        received -> {
                            var checked = Checked.of(batch.room(), parsed, known, received);
                            return decide(batch, checked.sound())
                                    .chain(decided -> conclude(batch, parsed, checked, decided));
                        });
    }

    private void noteChecking(List<ParsedPdu> parsed, SequencedSet<EventId> known, Instant start) {
        var checked =
                parsed.stream()
                        .flatMap(one -> idOf(one).stream())
                        .filter(id -> !known.contains(id))
                        .toList();
        times.add(checked, Stage.CHECKING, Duration.between(start, environment.clock().instant()));
    }

    /// What the checks came to that an event passes on its own.
    ///
    /// @param dropped copies that did not pass, whatever became of other copies
    private record Checked(List<Pdu> sound, List<Copy> dropped) {

        /// @param received what was checked: all that is not known
        static Checked of(
                RoomId room,
                List<ParsedPdu> parsed,
                SequencedSet<EventId> known,
                List<ReceivedPdu> received) {
            var sound = new ArrayList<Pdu>();
            var dropped = new ArrayList<Copy>();
            var next = received.iterator();
            for (int i = 0; i < parsed.size(); i++) {
                if (idOf(parsed.get(i)).filter(known::contains).isPresent()) {
                    continue;
                }
                switch (next.next()) {
                    case ReceivedPdu.Sound(var pdu, _) when pdu.roomId().equals(room) ->
                            sound.add(pdu);
                    case ReceivedPdu.Sound(var pdu, _) ->
                            dropped.add(new Copy(i, Optional.of(pdu.id()), OF_ANOTHER_ROOM));
                    case ReceivedPdu.Refused(var id, var refusal) ->
                            dropped.add(new Copy(i, id, refusal));
                }
            }
            return new Checked(sound, dropped);
        }
    }

    /// All outcomes, in the order that the events came in. A copy that was decided on counts more
    /// than one that was dropped.
    private Uni<SequencedMap<EventId, PduOutcome>> conclude(
            Batch batch,
            List<ParsedPdu> parsed,
            Checked checked,
            SequencedMap<EventId, PduOutcome> decided) {
        SequencedMap<EventId, PduOutcome> outcomes = inOrder(parsed);
        var dropped = new ArrayList<>(checked.dropped());
        for (var copy : checked.dropped()) {
            copy.event().ifPresent(id -> outcomes.put(id, new PduOutcome.Dropped(copy.refusal())));
        }
        outcomes.putAll(decided);
        decided.forEach(
                (id, outcome) -> {
                    switch (outcome) {
                        case PduOutcome.Dropped(var refusal) ->
                                dropped.add(
                                        new Copy(indexOf(id, parsed), Optional.of(id), refusal));
                        case PduOutcome.Rejected(var refusal) -> report(batch, id, refusal);
                        case PduOutcome.SoftFailed(var refusal) -> report(batch, id, refusal);
                        case PduOutcome.Accepted _,
                                PduOutcome.Duplicate _,
                                PduOutcome.Deferred _ -> {}
                    }
                });
        return drop(batch, dropped).replaceWith(outcomes);
    }

    private static int indexOf(EventId id, List<ParsedPdu> parsed) {
        return parsed.stream().map(Receiving::idOf).toList().indexOf(Optional.of(id));
    }

    /// All as if they were known, which those that aren't checked are.
    private static SequencedMap<EventId, PduOutcome> inOrder(List<ParsedPdu> parsed) {
        var outcomes = new LinkedHashMap<EventId, PduOutcome>();
        for (var one : parsed) {
            idOf(one).ifPresent(id -> outcomes.put(id, new PduOutcome.Duplicate()));
        }
        return outcomes;
    }

    private Uni<SequencedMap<EventId, PduOutcome>> decide(Batch batch, List<Pdu> sound) {
        return sound.isEmpty()
                ? Uni.createFrom().item(new LinkedHashMap<>())
                : judging.judge(batch.room(), ReceiveEvents.pushed(batch.arrival(), sound));
    }

    private void report(Batch batch, EventId event, Refusal refusal) {
        report(batch.arrival(), Optional.of(batch.room()), Optional.of(event), refusal);
    }

    private void report(
            Arrival arrival, Optional<RoomId> room, Optional<EventId> event, Refusal refusal) {
        environment.telemetry().refused(arrival.peer(), room, event, refusal);
    }

    private Uni<Void> drop(Batch batch, List<Copy> copies) {
        return drop(batch.arrival(), Optional.of(batch.room()), copies);
    }

    private Uni<Void> drop(Arrival arrival, Optional<RoomId> room, int count, Refusal refusal) {
        return drop(
                arrival,
                room,
                IntStream.range(0, count)
                        .mapToObj(i -> new Copy(i, Optional.empty(), refusal))
                        .toList());
    }

    private Uni<Void> drop(Arrival arrival, Optional<RoomId> room, List<Copy> copies) {
        copies.forEach(copy -> report(arrival, room, copy.event(), copy.refusal()));
        return dropped.add(arrival, room, copies);
    }
}
