package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetEventAuth;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;

/// What an event is said to be allowed by.
final class AuthLies {

    private static final int CHAIN_LENGTH = 100;

    private AuthLies() {}

    /// An id is a hash over what the event cites, so there are no cycles; but whoever is asked for
    /// what allows an event may answer with the event, or with one that it is to allow.
    static void cycle(Attack attack) {
        var unknown = attack.nowhere(2);
        var first =
                attack.bad(
                        attack.message("because of the second").allowedBy(unknown),
                        "it allows itself");
        var second =
                attack.bad(
                        attack.profile("because of the first")
                                .allowedBy(List.of(first.id(), unknown.getFirst())),
                        "it allows itself");
        var both = List.of(new RawPdu(first.json()), new RawPdu(second.json()));
        var answers = attack.peer().answers();
        answers.give(GetEventAuth.ENDPOINT, GetEventAuth.ENDPOINT.answer().encode(both));
        answers.give(
                GetEvent.ENDPOINT,
                GetEvent.ENDPOINT
                        .answer()
                        .encode(
                                EventsAnswer.of(
                                        attack.peer().name(),
                                        attack.peer().now(),
                                        List.of(both.getFirst()))));
        attack.pushToAll(first, second);
    }

    /// Memberships each of which is allowed by the one before. Only the last is pushed.
    static void longChain(Attack attack) {
        var chain = new ArrayList<Pdu>();
        var allowed = attack;
        for (int i = 0; i < CHAIN_LENGTH; i++) {
            var next = attack.made(allowed.profile("link " + i));
            chain.add(next);
            allowed = attack.with(attack.view().with(next));
        }
        var raw = new ArrayList<RawPdu>();
        attack.view().events().forEach(event -> raw.add(new RawPdu(event)));
        chain.reversed().forEach(event -> raw.add(new RawPdu(event.json())));
        attack.peer()
                .answers()
                .give(GetEventAuth.ENDPOINT, GetEventAuth.ENDPOINT.answer().encode(raw));
        attack.pushToAll(attack.made(allowed.message("at the end of a chain")));
    }

    /// Too few, too many, two of a kind, of the wrong kind.
    static void wrongEvents(Attack attack) {
        var ids = attack.made(attack.message("")).authEvents();
        var history =
                attack.view()
                        .state(new StateKeyTuple("m.room.history_visibility", ""))
                        .map(Pdu::id)
                        .orElseThrow();
        var creatorsJoin =
                attack.view()
                        .state(new StateKeyTuple("m.room.member", attack.view().creator().value()))
                        .map(Pdu::id)
                        .orElseThrow();
        push(attack, List.of(), "it is allowed by nothing");
        push(attack, with(ids, history), "it cites what allows nothing");
        push(attack, with(ids, creatorsJoin), "it cites another's membership");
        push(attack, with(ids, ids.getFirst()), "it cites an event twice");
        push(attack, ids.subList(0, ids.size() - 1), "it leaves out what allows it");
    }

    private static List<EventId> with(List<EventId> ids, EventId more) {
        var all = new ArrayList<>(ids);
        all.add(more);
        return all;
    }

    private static void push(Attack attack, List<EventId> allowedBy, String why) {
        var content = JsonObject.builder().put("topic", why).build();
        var topic = attack.draft("m.room.topic").stateKey("").content(content).allowedBy(allowedBy);
        attack.pushToAll(
                attack.bad(attack.message(why).allowedBy(allowedBy), why), attack.bad(topic, why));
    }
}
