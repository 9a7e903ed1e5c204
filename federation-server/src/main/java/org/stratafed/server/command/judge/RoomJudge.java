package org.stratafed.server.command.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.command.judge.JudgedEvent.Dropped;
import org.stratafed.server.command.judge.JudgedEvent.Placed;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.auth.CitedAuthEvent;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;
import org.stratafed.server.engine.pdu.event.ContentHash;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.event.PduReceipt;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.event.Redaction;
import org.stratafed.server.engine.pdu.resolution.EventGraph;
import org.stratafed.server.engine.pdu.resolution.StateResolution;

/// Takes events one after the other, parents first, and lets each find its place in the room: the
/// checks performed on receipt of a PDU without the last one, soft failure.
///
/// See "Checks performed on receipt of a PDU" in the server-server API.
final class RoomJudge {

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    private final RoomVersionRules rules;
    private final List<JsonValue> input;
    private final Optional<KeyBook> keys;
    private final Signatures signatures;
    private final SequencedMap<EventId, Placed> placed = new LinkedHashMap<>();
    private final SequencedSet<EventId> extremities = new LinkedHashSet<>();
    private final EventGraph graph = new JudgedGraph();
    private Optional<RoomId> room = Optional.empty();

    RoomJudge(JudgeInput input, Signatures signatures) {
        this.rules = input.rules();
        this.input = input.events();
        this.keys = input.keys();
        this.signatures = signatures;
    }

    Judgement judge() {
        var judged = new ArrayList<JudgedEvent>();
        input.forEach(value -> judged.add(judge(value)));
        return new Judgement(judged, List.copyOf(extremities), stateAfter(extremities));
    }

    private JudgedEvent judge(JsonValue value) {
        var raw = JudgeInput.raw(value);
        if (raw.isEmpty()) {
            return new Dropped("it is not an object");
        }
        return switch (receive(raw.get())) {
            case ReceivedPdu.Refused(_, var refusal) -> new Dropped(refusal.reason());
            case ReceivedPdu.Sound(var pdu, var redacted) -> {
                var again = placed.get(pdu.id());
                yield again != null ? again : place(pdu, redacted);
            }
        };
    }

    private ReceivedPdu receive(RawPdu raw) {
        if (keys.isPresent()) {
            return PduReceipt.check(rules, raw, keys.get(), signatures);
        }
        return switch (EventParser.parse(rules, raw)) {
            case ParsedPdu.NotAnEvent(var refusal) ->
                    new ReceivedPdu.Refused(Optional.empty(), refusal);
            case ParsedPdu.Parsed(var pdu) ->
                    ContentHash.matches(pdu.json())
                            ? new ReceivedPdu.Sound(pdu, false)
                            : new ReceivedPdu.Sound(redacted(pdu), true);
        };
    }

    private Pdu redacted(Pdu pdu) {
        return EventParser.event(rules, Redaction.redact(rules, pdu.json()));
    }

    private JudgedEvent place(Pdu pdu, boolean redacted) {
        var missing = missing(pdu);
        if (missing.isPresent()) {
            return new Dropped("it cites " + missing.get() + ", which is not among those before");
        }
        var stranger =
                pdu.prevEvents().stream()
                        .filter(id -> !placed.get(id).pdu().roomId().equals(pdu.roomId()))
                        .findFirst();
        if (stranger.isPresent()) {
            return new Dropped("it follows on " + stranger.get() + ", which is of another room");
        }
        var before = stateAfter(pdu.prevEvents());
        var own = byAuthEvents(pdu);
        var byState = byState(pdu, before);
        var isRejected = !own.isAllowed() || !byState.isAllowed();
        var after =
                isRejected
                        ? before
                        : pdu.stateTuple().map(key -> before.with(key, pdu.id())).orElse(before);
        var redactedSha256 =
                Judgement.hex(CanonicalJson.encode(Redaction.redact(rules, pdu.json())));
        var judged =
                new Placed(
                        pdu,
                        !redacted,
                        redactedSha256,
                        own,
                        byState,
                        before,
                        after,
                        Judgement.sha256(before));
        placed.put(pdu.id(), judged);
        extend(judged);
        return judged;
    }

    /// What the event cites and nobody has told of before.
    private Optional<EventId> missing(Pdu pdu) {
        var cited = new LinkedHashSet<>(pdu.prevEvents());
        cited.addAll(pdu.authEvents());
        implicitCreate(pdu).ifPresent(cited::add);
        return cited.stream().filter(id -> !placed.containsKey(id)).findFirst();
    }

    /// Where the room's ID is its create event's hash, it cites that event.
    private Optional<EventId> implicitCreate(Pdu pdu) {
        return rules.roomIdIsCreateHash() && !pdu.isState(CREATE.type(), CREATE.stateKey())
                ? pdu.roomId().createEvent()
                : Optional.empty();
    }

    private AuthVerdict byAuthEvents(Pdu pdu) {
        var cited = new ArrayList<CitedAuthEvent>();
        for (var id : pdu.authEvents()) {
            var event = placed.get(id);
            cited.add(new CitedAuthEvent(event.pdu(), event.isRejected()));
        }
        var implied =
                implicitCreate(pdu)
                        .map(placed::get)
                        .filter(create -> !create.isRejected())
                        .map(Placed::pdu);
        return EventAuthorization.checkByAuthEvents(rules, pdu, cited, implied, signatures);
    }

    private AuthVerdict byState(Pdu pdu, StateMap before) {
        return secondCreate(pdu)
                .<AuthVerdict>map(first -> new AuthVerdict.Denied("", first))
                .orElseGet(
                        () ->
                                EventAuthorization.check(
                                        rules,
                                        pdu,
                                        (type, key) ->
                                                before.get(new StateKeyTuple(type, key))
                                                        .map(placed::get)
                                                        .map(Placed::pdu),
                                        signatures));
    }

    /// A room has one create event. None of the rules says so; that a room has one ID does.
    private Optional<String> secondCreate(Pdu pdu) {
        if (!pdu.isState(CREATE.type(), CREATE.stateKey())) {
            return Optional.empty();
        }
        return placed.values().stream()
                .filter(it -> !it.isRejected() && it.pdu().isState(CREATE.type(), ""))
                .filter(it -> it.pdu().roomId().equals(pdu.roomId()))
                .findFirst()
                .map(it -> "The room was created by " + it.pdu().id() + " already.");
    }

    private StateMap stateAfter(Collection<EventId> events) {
        var states = events.stream().map(id -> placed.get(id).after()).toList();
        return StateResolution.resolve(rules, states, graph, signatures);
    }

    /// Makes an accepted event of the room one of its ends, in place of what comes before it.
    private void extend(Placed event) {
        if (event.isRejected()) {
            return;
        }
        if (room.isEmpty()) {
            room = Optional.of(event.pdu().roomId());
        }
        if (room.get().equals(event.pdu().roomId())) {
            extremities.removeAll(comesBefore(event));
            extremities.add(event.pdu().id());
        }
    }

    /// What the event cites, directly or through rejected events: these hide nothing behind them.
    private SequencedSet<EventId> comesBefore(Placed event) {
        var before = new LinkedHashSet<>(event.pdu().prevEvents());
        var frontier = new ArrayDeque<>(before);
        while (!frontier.isEmpty()) {
            var next = placed.get(frontier.removeFirst());
            if (next.isRejected()) {
                next.pdu().prevEvents().stream().filter(before::add).forEach(frontier::add);
            }
        }
        return before;
    }

    private final class JudgedGraph implements EventGraph {

        @Override
        public Optional<Pdu> event(EventId id) {
            return Optional.ofNullable(placed.get(id)).map(Placed::pdu);
        }

        @Override
        public List<EventId> authEvents(EventId id) {
            return event(id).map(Pdu::authEvents).orElse(List.of());
        }

        @Override
        public boolean isRejected(EventId id) {
            return Optional.ofNullable(placed.get(id)).map(Placed::isRejected).orElse(false);
        }
    }
}
