package org.stratafed.simulator.hostile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.pdu.event.ReferenceHash;

/// Places in the graph that no honest server would give an event.
final class GraphLies {

    static final int PREV_EVENTS_MAX = 20;
    private static final int ORPHANS = 30;
    private static final int BRANCHES = 45;

    private GraphLies() {}

    static void depthZero(Attack attack) {
        var message = attack.made(attack.message("nothing before").depth(JsonNumber.of(0)));
        attack.pushToAll(message);
    }

    /// Whatever is built on it can't be deeper.
    static void depthMax(Attack attack) {
        var deepest = JsonNumber.of(attack.view().rules().depthMax());
        var first = attack.made(attack.message("the deepest").depth(deepest));
        var state = attack.made(attack.profile("just as deep").after(first).depth(deepest));
        attack.pushToAll(first, state);
    }

    static void depthBeyond(Attack attack) {
        var max = BigInteger.valueOf(attack.view().rules().depthMax());
        var depths =
                List.of(
                        new JsonNumber(max.add(BigInteger.ONE).toString()),
                        new JsonNumber("9223372036854775808"),
                        new JsonNumber("-1"),
                        new JsonNumber("1.5"),
                        new JsonNumber("1e400"));
        for (var depth : depths) {
            var json = attack.message("too deep").depth(depth).json();
            pushUnread(attack, attack.sign(json, attack.peer().name(), attack.peer().key()));
        }
    }

    /// Sends what is no event, and must not become one.
    static void pushUnread(Attack attack, JsonObject signed) {
        var id = ReferenceHash.eventId(attack.view().rules(), signed);
        attack.stage().orphans().add(id);
        attack.peer().mustNotStand().add(id, "it is no event");
        attack.victims().forEach(victim -> attack.push(victim, List.of(signed), _ -> {}));
    }

    static void nowhere(Attack attack) {
        for (var victim : attack.victims()) {
            var orphans = new ArrayList<JsonObject>();
            for (int i = 0; i < ORPHANS; i++) {
                var draft = attack.message("from nowhere " + i);
                orphans.add(attack.made(draft.after(attack.nowhere(PREV_EVENTS_MAX))).json());
            }
            attack.pushMany(victim, orphans);
        }
    }

    static void fanIn(Attack attack) {
        var branches = new ArrayList<Pdu>();
        for (int i = 0; i < BRANCHES; i++) {
            branches.add(attack.made(attack.message("branch " + i)));
        }
        var ids = branches.stream().map(Pdu::id).toList();
        var all = new ArrayList<>(branches.stream().map(Pdu::json).toList());
        for (int i = 0; i + PREV_EVENTS_MAX <= BRANCHES; i += PREV_EVENTS_MAX / 2) {
            var met = ids.subList(i, i + PREV_EVENTS_MAX);
            all.add(attack.made(attack.profile("meeting " + i).after(met)).json());
        }
        attack.victims().forEach(victim -> attack.pushMany(victim, all));
        tooMany(attack, ids);
    }

    private static void tooMany(Attack attack, List<EventId> ids) {
        var draft = attack.message("meeting too many").after(ids.subList(0, PREV_EVENTS_MAX + 1));
        attack.pushToAll(attack.bad(draft, "it cites more than there may be"));
    }

    /// They exist, but not in this room.
    static void foreign(Attack attack) {
        var other = ForeignRoom.of(attack);
        var after = attack.message("after another room").after(List.of(other.tip().id()));
        var allowed =
                attack.message("allowed by another room")
                        .allowedBy(other.events().stream().map(Pdu::id).toList());
        attack.peer().answers().give(GetEvent.ENDPOINT.path(), other::answerEvent);
        attack.pushToAll(
                attack.bad(after, "it is after events of another room"),
                attack.bad(allowed, "it is allowed by events of another room"));
        other.events().forEach(event -> attack.pushToAll(event));
    }
}
