package org.stratafed.server.engine.pdu.explain;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.auth.AuthState;
import org.stratafed.server.engine.pdu.auth.CitedAuthEvent;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;
import org.stratafed.server.engine.pdu.auth.NotedAuthState;

/// Which events decide on one that was accepted: the rules are asked once more, and what they look
/// at is noted. So nothing of it need be kept, and the answer can't be of other rules.
final class Deciders {

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    private final RoomStore rooms;
    private final TimelineStore timeline;
    private final Signatures signatures;

    Deciders(HomeserverEnvironment environment) {
        this.rooms = environment.stores().rooms();
        this.timeline = environment.stores().timeline();
        this.signatures = environment.signatures();
    }

    Uni<List<EventId>> of(RoomId room, RoomVersionRules rules, StoredEvent event) {
        if (event.refusal().isPresent()) {
            return Uni.createFrom().item(event.refusal().get().deciding());
        }
        return event.before().isPresent()
                ? inState(room, rules, event.pdu(), event.before().get())
                : amongAuthEvents(room, rules, event.pdu());
    }

    private Uni<List<EventId>> inState(
            RoomId room, RoomVersionRules rules, Pdu pdu, StatePoint before) {
        var keys = new LinkedHashSet<>(AuthEventSelection.select(rules, pdu));
        keys.add(CREATE);
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(before, keys);
        return timeline.stateEvents(room, wanted)
                .map(found -> noted(rules, pdu, in(found.getOrDefault(before, none()))));
    }

    private static SequencedMap<StateKeyTuple, Pdu> none() {
        return new LinkedHashMap<>();
    }

    private static AuthState in(SequencedMap<StateKeyTuple, Pdu> events) {
        return (type, key) -> Optional.ofNullable(events.get(new StateKeyTuple(type, key)));
    }

    private Uni<List<EventId>> amongAuthEvents(RoomId room, RoomVersionRules rules, Pdu pdu) {
        var ids = new LinkedHashSet<>(pdu.authEvents());
        room.createEvent().ifPresent(ids::add);
        return rooms.events(room, ids)
                .map(
                        found -> {
                            var cited = new ArrayList<CitedAuthEvent>();
                            for (var id : pdu.authEvents()) {
                                var auth = found.get(id);
                                if (auth != null) {
                                    cited.add(new CitedAuthEvent(auth.pdu(), isRejected(auth)));
                                }
                            }
                            var implied =
                                    room.createEvent()
                                            .map(found::get)
                                            .filter(create -> !isRejected(create))
                                            .map(StoredEvent::pdu);
                            return noted(rules, pdu, EventAuthorization.stateOf(cited, implied));
                        });
    }

    private static boolean isRejected(StoredEvent event) {
        return event.status() == EventStatus.REJECTED;
    }

    private List<EventId> noted(RoomVersionRules rules, Pdu pdu, AuthState state) {
        var noted = new NotedAuthState(state);
        EventAuthorization.check(rules, pdu, noted, signatures);
        return noted.found();
    }
}
