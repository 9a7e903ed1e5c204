package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetEventAuth;
import org.stratafed.api.layer.transport.endpoint.GetMissingEvents;
import org.stratafed.api.layer.transport.endpoint.GetState;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.WireResponse;

/// Answers that don't match the question. The question is provoked by an event after others that
/// nobody has.
final class FalseAnswers {

    private static final String ORPHAN = "it was brought along by a false answer";

    private FalseAnswers() {}

    /// Events of another room, what is known anyway, what is forged, and some that are good but
    /// have nothing to do with it.
    static void unrelated(Attack attack) {
        var raw = new ArrayList<RawPdu>();
        ForeignRoom.of(attack).events().forEach(event -> raw.add(new RawPdu(event.json())));
        attack.view().events().forEach(event -> raw.add(new RawPdu(event)));
        var forged = attack.draft(attack.view().creator(), "m.room.message").text("not me");
        raw.add(new RawPdu(attack.bad(forged, "it is not its sender's").json()));
        raw.add(
                new RawPdu(
                        attack.bad(
                                        attack.message("beside the point").after(attack.nowhere(1)),
                                        ORPHAN)
                                .json()));
        var answers = attack.peer().answers();
        var events = EventsAnswer.of(attack.peer().name(), attack.peer().now(), raw);
        answers.give(GetMissingEvents.ENDPOINT, GetMissingEvents.ENDPOINT.answer().encode(raw));
        answers.give(Backfill.ENDPOINT, Backfill.ENDPOINT.answer().encode(events));
        answers.give(GetEvent.ENDPOINT, GetEvent.ENDPOINT.answer().encode(events));
        answers.give(GetEventAuth.ENDPOINT, GetEventAuth.ENDPOINT.answer().encode(raw));
        provoke(attack);
        ReadingBack.begin(attack);
    }

    static void foreignState(Attack attack) {
        var other = ForeignRoom.of(attack);
        answerState(attack, other.events(), other::answerEvent);
        provoke(attack);
        var topic = JsonObject.builder().put("topic", "elsewhere").build();
        attack.pushToAll(
                attack.bad(
                        attack.draft("m.room.topic")
                                .stateKey("")
                                .content(topic)
                                .after(attack.nowhere(1)),
                        "it is allowed by the state of another room"));
    }

    /// A state in which nobody has forbidden anything. What would be allowed in it is not allowed
    /// in the room.
    static void doctoredState(Attack attack) {
        var left =
                attack.view().stateBefore().stream()
                        .filter(
                                event ->
                                        event.equals(attack.view().create())
                                                || event.type().equals("m.room.join_rules"))
                        .toList();
        var state = new ArrayList<>(left);
        state.add(attack.view().join());
        answerState(attack, state, _ -> Answers.notFound());
        var bare = attack.with(bare(attack, state));
        var topic = JsonObject.builder().put("topic", "taken over").build();
        for (var victim : attack.victims()) {
            attack.push(
                    victim,
                    attack.bad(
                            bare.draft("m.room.topic")
                                    .stateKey("")
                                    .content(topic)
                                    .after(attack.nowhere(1)),
                            "its sender may not do that"),
                    attack.made(attack.message("placed anywhere").after(attack.nowhere(1))));
        }
    }

    private static RoomView bare(Attack attack, List<Pdu> state) {
        var bare =
                new RoomView(
                        attack.view().rules(),
                        attack.view().join(),
                        new LinkedHashMap<>(),
                        attack.view().all());
        for (var event : state) {
            bare = bare.with(event);
        }
        return bare;
    }

    private static void answerState(
            Attack attack, List<Pdu> state, Function<Answers.Asked, WireResponse> event) {
        var answers = attack.peer().answers();
        var ids = state.stream().map(Pdu::id).toList();
        var raw = state.stream().map(it -> new RawPdu(it.json())).toList();
        answers.give(
                GetMissingEvents.ENDPOINT, GetMissingEvents.ENDPOINT.answer().encode(List.of()));
        answers.give(
                GetStateIds.ENDPOINT, GetStateIds.ENDPOINT.answer().encode(new StateIds(ids, ids)));
        answers.give(
                GetState.ENDPOINT, GetState.ENDPOINT.answer().encode(new StateEvents(raw, raw)));
        answers.give(GetEvent.ENDPOINT.path(), event);
    }

    static void provoke(Attack attack) {
        for (var victim : attack.victims()) {
            attack.push(victim, attack.made(attack.message("ask me").after(attack.nowhere(3))));
        }
    }
}
