package org.stratafed.server.engine.pdu.graph;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StagedEvent;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// What waits in a room, looked at again and again in one attempt to get what it waits for.
final class Looking {

    private final RoomId room;
    private final Means with;
    private final Map<EventId, Pdu> parsed = new LinkedHashMap<>();

    Looking(RoomId room, Means with) {
        this.room = room;
        this.with = with;
    }

    /// What waits now; empty if nothing does.
    Uni<Optional<Situation>> look() {
        return with.lanes()
                .lane(room)
                .rules()
                .chain(
                        rules ->
                                rules.isEmpty()
                                        ? Uni.createFrom().item(Optional.<Situation>empty())
                                        : look(rules.get()));
    }

    private Uni<Optional<Situation>> look(RoomVersionRules rules) {
        return with.rooms()
                .staged(room)
                .chain(
                        staged -> {
                            if (staged.isEmpty()) {
                                return Uni.createFrom().item(Optional.<Situation>empty());
                            }
                            return with.environment()
                                    .compute()
                                    .run(() -> parse(rules, staged))
                                    .chain(events -> situation(rules, staged, events))
                                    .map(Optional::of);
                        });
    }

    /// What is staged, read once.
    private Map<EventId, Pdu> parse(RoomVersionRules rules, List<StagedEvent> staged) {
        var events = new LinkedHashMap<EventId, Pdu>();
        for (var event : staged) {
            var read = parsed.get(event.id());
            if (read != null) {
                events.put(event.id(), read);
                continue;
            }
            switch (EventParser.parse(rules, event.pdu())) {
                case ParsedPdu.Parsed(var pdu) -> {
                    events.put(pdu.id(), pdu);
                    parsed.put(pdu.id(), pdu);
                }
                case ParsedPdu.NotAnEvent(var refusal) ->
                        throw new IllegalStateException("staged unchecked: " + refusal);
            }
        }
        return events;
    }

    private Uni<Situation> situation(
            RoomVersionRules rules, List<StagedEvent> staged, Map<EventId, Pdu> events) {
        var cited = new LinkedHashSet<EventId>();
        events.values().forEach(event -> cited.addAll(event.prevEvents()));
        events.values().forEach(event -> cited.addAll(event.authEvents()));
        var origins = new LinkedHashMap<EventId, ServerName>();
        staged.reversed().forEach(event -> origins.put(event.id(), event.origin()));
        return with.rooms()
                .events(room, cited)
                .chain(
                        known ->
                                with.rooms()
                                        .snapshot(room)
                                        .chain(
                                                tip ->
                                                        with.peers()
                                                                .inOrder(room, origins.values())
                                                                .map(
                                                                        servers ->
                                                                                new Situation(
                                                                                        rules,
                                                                                        events,
                                                                                        known, tip,
                                                                                        origins,
                                                                                        servers))));
    }
}
