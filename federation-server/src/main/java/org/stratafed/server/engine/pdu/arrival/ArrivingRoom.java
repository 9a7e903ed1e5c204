package org.stratafed.server.engine.pdu.arrival;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.exchange.SendJoinPart;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.RoomLane;
import org.stratafed.server.engine.pdu.room.StoreSentEvents;

/// A room that another server sends us, taken in while it arrives: parts of it are checked over all
/// cores while the next ones come, and stored in batches, each event after those that it cites. So
/// what is held of it at a time is little, however large it is.
///
/// What is stored here already is taken from there, and not checked again.
///
/// It is driven by what comes back to it: whenever something does, it starts whatever has room now.
/// Used once, on the engine loop.
public final class ArrivingRoom {

    /// Parts of the answer that are checked at the same time. Keys are fetched meanwhile, so it is
    /// more than there are cores.
    static final int CHECKS_MAX = 16;

    /// Events that are stored with one commit. Others write between two of them.
    static final int COMMIT_EVENTS_MAX = 1_000;

    /// Events that are ready to be stored before no more are taken in.
    static final int READY_EVENTS_MAX = 4_000;

    /// Events of a room, state and auth chain together.
    static final int EVENTS_MAX = 1_000_000;

    /// What is kept of events that can't be proved at first. Beyond it they get no second chance.
    static final int UNPROVED_BYTES_MAX = 32 << 20;

    private final HomeserverEnvironment environment;
    private final PduIntake intake;
    private final RoomLane lane;
    private final RoomVersionRules rules;
    private final Pdu join;
    private final List<ServerName> from;
    private final JoinProgress progress;
    private final DroppedEvents dropped;

    private final Optional<Arrival> told;
    private final Arrived arrived;
    private final InOrder order;
    private final List<UnprovedEvent> unproved = new ArrayList<>();
    private Optional<RawPdu> signedJoin = Optional.empty();
    private int unprovedBytes;
    private int events;

    private Optional<RoomStream> stream = Optional.empty();
    private Optional<UniEmitter<? super SentRoom>> whole = Optional.empty();
    private boolean isAtEnd;
    private boolean isOver;
    private boolean isBrokenOff;
    private boolean isPulling;
    private boolean isLooping;
    private boolean isStoring;
    private boolean isProving;
    private int checks;

    /// Where a room is taken in.
    ///
    /// @param lane of the room, held by who joins
    public record Place(HomeserverEnvironment environment, PduIntake intake, RoomLane lane) {}

    /// @param join ours, which is no part of what is before it, whatever is sent
    /// @param from who sends the room, and whom else to ask for the keys of servers that are away
    public ArrivingRoom(
            Place place,
            RoomVersionRules rules,
            Pdu join,
            List<ServerName> from,
            JoinProgress progress) {
        this.environment = place.environment();
        this.intake = place.intake();
        this.lane = place.lane();
        this.rules = rules;
        this.join = join;
        this.from = from;
        this.progress = progress;
        arrived = new Arrived(from.getFirst());
        told = Optional.of(Arrival.of(Arrival.Way.TOLD, from.getFirst()));
        order = new InOrder(rules);
        dropped = new DroppedEvents(environment, from.getFirst(), join.roomId(), progress);
    }

    /// Takes the room in. Fails with a [RemoteFailure] if what comes is no room, or breaks off:
    /// then what has been stored stays, as events without a place.
    public Uni<SentRoom> take(RoomStream answer) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            stream = Optional.of(answer);
                            whole = Optional.of(emitter);
                            goOn();
                        });
    }

    /// Starts what there is room for.
    private void goOn() {
        if (isLooping) {
            return;
        }
        isLooping = true;
        while (mayPull()) {
            isPulling = true;
            stream.orElseThrow().next().subscribe().with(this::onParts, this::breakOff);
        }
        isLooping = false;
        store();
        prove();
        finish();
    }

    private boolean mayPull() {
        return !isOver
                && !isAtEnd
                && !isPulling
                && checks < CHECKS_MAX
                && order.readyCount() < READY_EVENTS_MAX;
    }

    private void onParts(Optional<List<SendJoinPart>> parts) {
        isPulling = false;
        if (isOver) {
            return;
        }
        if (parts.isEmpty()) {
            isAtEnd = true;
        } else {
            guarded(() -> check(parts.get()));
        }
        goOn();
    }

    private void check(List<SendJoinPart> parts) {
        var sent = new ArrayList<SentEvent>();
        for (var part : parts) {
            switch (part) {
                case SendJoinPart.State(var raw) -> sent.add(new SentEvent(raw, true));
                case SendJoinPart.AuthChain(var raw) -> sent.add(new SentEvent(raw, false));
                case SendJoinPart.Join(var raw) -> signedJoin = Optional.of(raw);
                case SendJoinPart.MembersOmitted() ->
                        throw new RemoteFailure.Garbled(
                                from.getFirst()
                                        + " left members out of the state, which nobody asked");
            }
        }
        events += sent.size();
        progress.received(sent.size(), stream.orElseThrow().bytes());
        if (events > EVENTS_MAX) {
            throw new RemoteFailure.Garbled("a room of more than " + EVENTS_MAX + " events");
        }
        if (!sent.isEmpty()) {
            checks++;
            checked(sent).subscribe().with(this::onChecked, this::fail);
        }
    }

    /// Parses them, leaves out what is stored, and checks the rest.
    private Uni<Runnable> checked(List<SentEvent> sent) {
        return intake.parse(rules, sent.stream().map(SentEvent::raw).toList())
                .chain(
                        parsed ->
                                environment
                                        .stores()
                                        .rooms()
                                        .events(join.roomId(), ids(parsed))
                                        .chain(stored -> checked(sent, parsed, stored)));
    }

    private Uni<Runnable> checked(
            List<SentEvent> sent,
            List<ParsedPdu> parsed,
            SequencedMap<EventId, StoredEvent> stored) {
        var known = arrived.ids(ids(parsed));
        known.addAll(stored.keySet());
        var news = new ArrayList<SentEvent>();
        var old = new LinkedHashSet<EventId>();
        var oldState = new LinkedHashSet<EventId>();
        for (int i = 0; i < sent.size(); i++) {
            var id = id(parsed.get(i));
            if (id.filter(known::contains).isEmpty()) {
                news.add(sent.get(i));
            } else {
                old.add(id.get());
                if (sent.get(i).isState()) {
                    oldState.add(id.get());
                }
            }
        }
        return intake.check(rules, parsed, known, from)
                .map(
                        received ->
                                () -> {
                                    old.stream()
                                            .map(stored::get)
                                            .filter(event -> event != null)
                                            .forEach(this::addStored);
                                    oldState.stream()
                                            .filter(arrived::has)
                                            .forEach(arrived::setState);
                                    for (int i = 0; i < news.size(); i++) {
                                        add(news.get(i), received.get(i));
                                    }
                                    progress.verified(sent.size());
                                });
    }

    private static LinkedHashSet<EventId> ids(List<ParsedPdu> parsed) {
        var ids = new LinkedHashSet<EventId>();
        parsed.forEach(one -> id(one).ifPresent(ids::add));
        return ids;
    }

    private static Optional<EventId> id(ParsedPdu parsed) {
        return switch (parsed) {
            case ParsedPdu.Parsed(var pdu) -> Optional.of(pdu.id());
            case ParsedPdu.NotAnEvent _ -> Optional.empty();
        };
    }

    private void onChecked(Runnable result) {
        checks--;
        if (!isOver) {
            guarded(result);
            goOn();
        }
    }

    /// An event that is here already, with its verdict.
    private void addStored(StoredEvent event) {
        if (isOfRoom(event.pdu()) && arrived.add(event.pdu())) {
            order.pass(event.pdu().id());
            progress.stored(1);
            event.refusal()
                    .filter(_ -> event.status() == EventStatus.REJECTED)
                    .ifPresent(refusal -> fall(event.pdu().id(), refusal));
        }
    }

    private void add(SentEvent event, ReceivedPdu received) {
        switch (received) {
            case ReceivedPdu.Sound(var pdu, _) -> addSound(pdu, event.isState());
            case ReceivedPdu.Refused refused -> {
                if (Proofs.isUnproved(refused) && unprovedBytes < UNPROVED_BYTES_MAX) {
                    var kept = UnprovedEvent.of(event, refused);
                    unproved.add(kept);
                    unprovedBytes += kept.bytes().length;
                } else {
                    dropped.add(refused.id(), refused.refusal());
                }
            }
        }
    }

    private void addSound(Pdu pdu, boolean isState) {
        if (pdu.id().equals(join.id())) {
            return;
        }
        if (!isOfRoom(pdu)) {
            dropped.add(
                    Optional.of(pdu.id()),
                    new Refusal(PduCheck.FORMAT, "it is of the room " + pdu.roomId()));
            return;
        }
        if (arrived.add(pdu)) {
            order.add(pdu);
        }
        if (isState) {
            arrived.setState(pdu.id());
        }
    }

    private boolean isOfRoom(Pdu pdu) {
        return pdu.roomId().equals(join.roomId()) && !pdu.id().equals(join.id());
    }

    private void fall(EventId event, Refusal refusal) {
        arrived.fall(event);
        dropped.add(Optional.of(event), refusal);
    }

    /// Stores what is ready: a whole batch, or what is left when there is nothing else to wait for.
    private void store() {
        boolean isIdle = isAtEnd && checks == 0;
        int ready = order.readyCount();
        if (isOver || isStoring || ready == 0 || ready < COMMIT_EVENTS_MAX && !isIdle) {
            return;
        }
        isStoring = true;
        var batch = order.next(COMMIT_EVENTS_MAX);
        environment
                .compute()
                .run(() -> InOrder.unpacked(rules, batch))
                .chain(pdus -> lane.runDuringHold(new StoreSentEvents(rules.version(), pdus, told)))
                .subscribe()
                .with(refused -> onStored(batch.size(), refused), this::fail);
    }

    private void onStored(int count, SequencedMap<EventId, Refusal> refused) {
        isStoring = false;
        progress.stored(count);
        progress.tell(environment.telemetry(), environment.clock().millis());
        refused.forEach(this::fall);
        goOn();
    }

    /// Tries again what could not be proved, once all has come.
    private void prove() {
        if (isOver || isProving || !isAtEnd || checks > 0 || unproved.isEmpty()) {
            return;
        }
        isProving = true;
        var again = List.copyOf(unproved);
        unproved.clear();
        new Proofs(intake, environment.timers(), rules, from)
                .again(again, this::onProved)
                .subscribe()
                .with(
                        _ -> {
                            isProving = false;
                            goOn();
                        },
                        this::fail);
    }

    private void onProved(UnprovedEvent event, ReceivedPdu received) {
        guarded(
                () -> {
                    switch (received) {
                        case ReceivedPdu.Sound(var pdu, _) -> addSound(pdu, event.isState());
                        case ReceivedPdu.Refused(var id, var refusal) -> dropped.add(id, refusal);
                    }
                });
    }

    private void finish() {
        boolean isDone =
                isAtEnd
                        && checks == 0
                        && !isStoring
                        && !isProving
                        && order.readyCount() == 0
                        && unproved.isEmpty();
        if (isOver || !isDone) {
            return;
        }
        isOver = true;
        order.lacking().forEach(id -> fall(id, StoreSentEvents.LACKING));
        dropped.tell();
        whole.orElseThrow().complete(new SentRoom(arrived.state(), arrived.version(), signedJoin));
    }

    /// What a peer sent can end it.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RemoteFailure garbled) {
            fail(garbled);
        }
    }

    /// Whether it ended because the rest of the answer could not be had.
    public boolean isBrokenOff() {
        return isBrokenOff;
    }

    private void breakOff(Throwable why) {
        isBrokenOff = !isOver && events > 0 && why instanceof RemoteFailure;
        fail(why);
    }

    private void fail(Throwable why) {
        if (!isOver) {
            isOver = true;
            stream.orElseThrow().discard();
            dropped.tell();
            whole.orElseThrow().fail(why);
        }
    }
}
