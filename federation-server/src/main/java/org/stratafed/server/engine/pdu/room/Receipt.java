package org.stratafed.server.engine.pdu.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.StoredEvent;

/// The checks performed on receipt of a PDU that need the room, in the specification's order,
/// ending in one [PduOutcome]. The ones that need only the event itself have been passed before:
/// see [org.stratafed.server.engine.pdu.event.PduReceipt].
///
/// What lacks something is deferred, never rejected: a rejection needs complete inputs.
///
/// See "Checks performed on receipt of a PDU" in the server-server API.
final class Receipt {

    /// Events that are looked at to see past refused ones.
    static final int REFUSED_WALK_MAX = 1_000;

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    private final RoomTransition transition;
    private final AuthorizationChecks checks;
    private final StateBefore stateBefore;
    private final PolicyCheck policy;

    Receipt(RoomTransition transition, Signatures signatures) {
        this.transition = transition;
        this.checks = new AuthorizationChecks(transition, signatures);
        this.stateBefore = new StateBefore(transition, signatures);
        this.policy = new PolicyCheck(transition, signatures);
    }

    /// Decides on an event whose place in the graph follows from what it cites.
    PduOutcome decide(Pdu pdu, Placement placement) {
        if (isPlaced(pdu.id())) {
            return new PduOutcome.Duplicate();
        }
        var missing = missing(pdu);
        if (!missing.isEmpty()) {
            return new PduOutcome.Deferred(PduOutcome.Wait.CITED_EVENTS, missing);
        }
        var previous = new ArrayList<StoredEvent>();
        new LinkedHashSet<>(pdu.prevEvents())
                .forEach(id -> transition.event(id).ifPresent(previous::add));
        return place(pdu, stateBefore.of(previous), placement);
    }

    /// Decides on an event that was just built on the forward extremities, here: nobody can know it
    /// yet, and what it cites is at hand.
    PduOutcome decideOwn(Pdu pdu) {
        if (transition.current().isPresent()
                && transition.extremities().areExactly(pdu.prevEvents())) {
            return place(pdu, transition.current().get(), Placement.LIVE);
        }
        var previous = new ArrayList<StoredEvent>();
        pdu.prevEvents().forEach(id -> transition.event(id).ifPresent(previous::add));
        return place(pdu, stateBefore.of(previous), Placement.LIVE);
    }

    /// Decides on an event of which another server told the state before it, since what it cites
    /// can't be had.
    PduOutcome decideWithState(Pdu pdu, ToldState told, Placement placement) {
        var before = told.state();
        if (isPlaced(pdu.id())) {
            return new PduOutcome.Duplicate();
        }
        var missing = missingAuthEvents(pdu);
        if (!missing.isEmpty()) {
            return new PduOutcome.Deferred(PduOutcome.Wait.CITED_EVENTS, missing);
        }
        if (before.get(CREATE).isEmpty()) {
            // Told nothing of use, so nothing follows from it.
            return deferred(pdu);
        }
        var nearby = transition.current().map(List::of).orElse(List.of());
        var point = transition.lines().reach(nearby, before);
        if (!told.isComplete() && checks.againstStateBefore(pdu, point).isPresent()) {
            return deferred(pdu);
        }
        var outcome = place(pdu, point, placement);
        if (outcome instanceof PduOutcome.Accepted) {
            leaveOutUnplaced(new LinkedHashSet<>(pdu.prevEvents()));
        }
        return outcome;
    }

    private static PduOutcome deferred(Pdu pdu) {
        return new PduOutcome.Deferred(
                PduOutcome.Wait.CITED_EVENTS, new LinkedHashSet<>(pdu.prevEvents()));
    }

    /// Decides on an event that is kept without a place: it is checked against its own auth events
    /// only. Answers empty when one of these is not here.
    Optional<EventStatus> decideOutlier(Pdu pdu) {
        var known = transition.event(pdu.id());
        if (known.isPresent()) {
            return known.map(StoredEvent::status);
        }
        if (!missingAuthEvents(pdu).isEmpty()) {
            return Optional.empty();
        }
        var refusal = checks.againstAuthEvents(pdu);
        var status = refusal.isPresent() ? EventStatus.REJECTED : EventStatus.ACCEPTED;
        transition.writeOutlier(pdu, status, refusal);
        return Optional.of(status);
    }

    /// Makes our own join the room's only forward extremity, after the state that the server told
    /// which let us in. What we knew of the room before is history; unless another join has made us
    /// part of it meanwhile, which this one then goes beside. Answers why not, if not.
    Optional<Refusal> adopt(Pdu join, StateMap before, boolean isIn) {
        if (isPlaced(join.id())) {
            return Optional.empty();
        }
        if (!missingAuthEvents(join).isEmpty()) {
            return Optional.of(
                    new Refusal(PduCheck.AUTH_EVENTS, "the auth events of the join don't stand"));
        }
        var nearby = transition.current().map(List::of).orElse(List.of());
        var point = transition.lines().reach(nearby, before);
        var refusal = checks.againstAuthEvents(join).or(() -> checks.againstState(join, before));
        if (refusal.isEmpty() && isIn && !(policy.check(join) instanceof PolicyStanding.Passed)) {
            return Optional.of(
                    new Refusal(
                            PduCheck.POLICY_SERVER,
                            "the room's policy server has not signed the join"));
        }
        if (refusal.isEmpty()) {
            var key = join.stateTuple().orElseThrow();
            var after = transition.lines().with(point, key, join.id());
            accept(join, point, after, Placement.LIVE);
            leaveOutUnplaced(new LinkedHashSet<>(join.prevEvents()));
            if (isIn) {
                transition.extremities().extend(join, comesAfter(join), after);
                transition.moveCurrent(stateBefore.ofExtremities());
            } else {
                transition.extremities().restartFrom(join, after);
                transition.moveCurrent(after);
            }
        }
        return refusal;
    }

    private PduOutcome place(Pdu pdu, StatePoint before, Placement placement) {
        var refusal =
                checks.againstAuthEvents(pdu).or(() -> checks.againstStateBefore(pdu, before));
        if (refusal.isPresent()) {
            // A rejected event changes no state: what cites it goes on from the state before it.
            transition.writePlaced(pdu, EventStatus.REJECTED, refusal, placement, before, before);
            passOver(pdu);
            return new PduOutcome.Rejected(refusal.get());
        }
        if (placement.kind() == EventKind.HISTORICAL) {
            var outcome = accept(pdu, before, after(pdu, before), placement);
            passOver(pdu);
            return outcome;
        }
        // Where the event stands on the current state, that check was made just now.
        var isCurrent = transition.current().equals(Optional.of(before));
        var softly = isCurrent ? Optional.<Refusal>empty() : checks.againstCurrentState(pdu);
        if (softly.isPresent()) {
            return failSoftly(pdu, softly.get(), before, placement);
        }
        return switch (policy.check(pdu)) {
            case PolicyStanding.Passed(var signed) -> buildUpon(signed, before, placement);
            case PolicyStanding.Refused(var why) -> failSoftly(pdu, why, before, placement);
            case PolicyStanding.Unsigned _ ->
                    new PduOutcome.Deferred(PduOutcome.Wait.POLICY, new LinkedHashSet<>());
        };
    }

    private StatePoint after(Pdu pdu, StatePoint before) {
        return pdu.stateTuple()
                .map(key -> transition.lines().with(before, key, pdu.id()))
                .orElse(before);
    }

    private PduOutcome failSoftly(
            Pdu pdu, Refusal refusal, StatePoint before, Placement placement) {
        transition.writePlaced(
                pdu,
                EventStatus.SOFT_FAILED,
                Optional.of(refusal),
                placement,
                before,
                after(pdu, before));
        passOver(pdu);
        return new PduOutcome.SoftFailed(refusal);
    }

    private PduOutcome buildUpon(Pdu pdu, StatePoint before, Placement placement) {
        var after = after(pdu, before);
        var outcome = accept(pdu, before, after, placement);
        var cited = comesAfter(pdu);
        transition.extremities().extend(pdu, cited, after);
        leaveOutUnplaced(cited);
        transition.moveCurrent(stateBefore.ofExtremities());
        return outcome;
    }

    /// What comes before an event that others have built upon already is nothing new any more, even
    /// if it came just now.
    private void passOver(Pdu pdu) {
        if (transition.extremities().isLate(pdu)
                && transition.extremities().passOver(comesAfter(pdu))) {
            transition.moveCurrent(stateBefore.ofExtremities());
        }
    }

    private PduOutcome accept(Pdu pdu, StatePoint before, StatePoint after, Placement placement) {
        transition.writePlaced(
                pdu, EventStatus.ACCEPTED, Optional.empty(), placement, before, after);
        return new PduOutcome.Accepted();
    }

    /// What the event cites, directly or through events that were never built upon: these hide
    /// nothing behind them.
    private SequencedSet<EventId> comesAfter(Pdu pdu) {
        var before = new LinkedHashSet<>(pdu.prevEvents());
        var frontier = new ArrayDeque<>(before);
        while (!frontier.isEmpty() && before.size() < REFUSED_WALK_MAX) {
            var event = transition.event(frontier.removeFirst());
            if (event.isPresent()
                    && event.get().kind() != EventKind.OUTLIER
                    && event.get().status() != EventStatus.ACCEPTED) {
                var behind = event.get().pdu().prevEvents();
                transition.require(behind);
                behind.stream().filter(before::add).forEach(frontier::add);
            }
        }
        return before;
    }

    /// Notes which of these events, which one that is built upon comes after, have no place.
    private void leaveOutUnplaced(SequencedSet<EventId> cited) {
        transition.require(cited);
        transition.extremities().leaveOut(cited.stream().filter(id -> !isPlaced(id)).toList());
    }

    private boolean isPlaced(EventId id) {
        return transition.event(id).map(event -> event.kind() != EventKind.OUTLIER).orElse(false);
    }

    private SequencedSet<EventId> missing(Pdu pdu) {
        var missing = missingAuthEvents(pdu);
        transition.require(pdu.prevEvents());
        for (var id : pdu.prevEvents()) {
            if (!isPlaced(id)) {
                missing.add(id);
            }
        }
        return missing;
    }

    private SequencedSet<EventId> missingAuthEvents(Pdu pdu) {
        var cited = new LinkedHashSet<>(pdu.authEvents());
        cited.addAll(checks.implicitCreate(pdu).stream().toList());
        transition.require(cited);
        cited.removeIf(id -> transition.event(id).isPresent());
        return cited;
    }
}
