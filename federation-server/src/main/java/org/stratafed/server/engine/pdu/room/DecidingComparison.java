package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.StateReset.Step;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.resolution.Replay;

/// Which step of a state resolution decided against an event, and what was compared there.
record DecidingComparison(Step step, String sentence) {

    static DecidingComparison of(
            EventId former,
            Optional<EventId> chosen,
            SequencedMap<EventId, Replay> replays,
            boolean byDepth) {
        if (byDepth) {
            return new DecidingComparison(
                    Step.DEPTH, "The events for the key were compared by depth, and then by ID.");
        }
        var replay = Optional.ofNullable(replays.get(former));
        if (replay.isEmpty()) {
            return new DecidingComparison(
                    Step.NOT_IN_DISPUTE,
                    "%s was not replayed: none of the resolved states disputes it."
                            .formatted(former));
        }
        return switch (replay.get().verdict()) {
            case AuthVerdict.Denied denied -> refused(replay.get(), denied);
            case AuthVerdict.Allowed _ -> ordered(replay.get(), chosen, replays);
        };
    }

    private static DecidingComparison refused(Replay replay, AuthVerdict.Denied denied) {
        return new DecidingComparison(
                replay.amongPowerEvents() ? Step.POWER_EVENTS_REFUSED : Step.MAINLINE_REFUSED,
                "%s was refused when it was replayed %s: rule %s: %s It was checked against %s."
                        .formatted(
                                replay.event().id(),
                                replay.amongPowerEvents()
                                        ? "among the power events"
                                        : "along the mainline",
                                denied.rule(),
                                denied.reason(),
                                consulted(replay)));
    }

    private static List<String> consulted(Replay replay) {
        var found = new ArrayList<String>();
        replay.consulted()
                .forEach(
                        (key, event) ->
                                found.add(
                                        key.type()
                                                + " '"
                                                + key.stateKey()
                                                + "': "
                                                + event.map(EventId::value).orElse("nothing")));
        return found;
    }

    private static DecidingComparison ordered(
            Replay former, Optional<EventId> chosen, SequencedMap<EventId, Replay> replays) {
        var winner = chosen.map(replays::get);
        if (winner.isEmpty()) {
            return new DecidingComparison(
                    Step.NOT_IN_DISPUTE,
                    "%s was allowed, but the resolved states agree on another event."
                            .formatted(former.event().id()));
        }
        var all = List.copyOf(replays.sequencedKeySet());
        return new DecidingComparison(
                winner.get().amongPowerEvents() ? Step.POWER_ORDERING : Step.MAINLINE_ORDERING,
                "Both were allowed; %s was replayed as number %d of %d, at %d ms, and so took the"
                                .formatted(
                                        winner.get().event().id(),
                                        1 + all.indexOf(winner.get().event().id()),
                                        all.size(),
                                        winner.get().event().originServerTs())
                        + " place of %s, number %d, at %d ms."
                                .formatted(
                                        former.event().id(),
                                        1 + all.indexOf(former.event().id()),
                                        former.event().originServerTs()));
    }
}
