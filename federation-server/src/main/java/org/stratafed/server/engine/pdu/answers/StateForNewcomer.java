package org.stratafed.server.engine.pdu.answers;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.TimelineStore;

/// The state before a join without most of its members, for a server that can do without them for
/// now and wants to be in the room soon.
///
/// What stays of the members is what the join itself cites, and, in a room that has no name of its
/// own, some of those it is called after.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public final class StateForNewcomer {

    /// Members that a room without a name is called after.
    static final int HEROES_MAX = 5;

    /// Members that are looked at to find these.
    static final int HERO_CANDIDATES_MAX = 500;

    private static final String MEMBER = "m.room.member";

    /// Whoever has one of these needs no heroes.
    private static final List<StateKeyTuple> NAMES =
            List.of(
                    new StateKeyTuple("m.room.name", ""),
                    new StateKeyTuple("m.room.canonical_alias", ""));

    private final RoomStore rooms;
    private final TimelineStore timeline;
    private final StateReader reader;

    public StateForNewcomer(RoomStore rooms, TimelineStore timeline, StateReader reader) {
        this.rooms = rooms;
        this.timeline = timeline;
        this.reader = reader;
    }

    /// The state before the join with its auth chain, which has nothing of the state in it. Empty
    /// if there is nobody to leave out.
    public Uni<Optional<StateEvents>> before(RoomId room, Pdu join) {
        return reader.pointBefore(room, join.id())
                .chain(
                        point ->
                                rooms.state(room, point)
                                        .chain(
                                                state ->
                                                        heroes(room, point, state, join)
                                                                .chain(
                                                                        heroes ->
                                                                                without(
                                                                                        room, state,
                                                                                        join,
                                                                                        heroes))));
    }

    private Uni<Optional<StateEvents>> without(
            RoomId room, StateMap state, Pdu join, SequencedSet<EventId> heroes) {
        var kept = new LinkedHashSet<EventId>();
        state.forEach(
                (key, id) -> {
                    if (!key.type().equals(MEMBER)
                            || join.authEvents().contains(id)
                            || heroes.contains(id)) {
                        kept.add(id);
                    }
                });
        return kept.size() == state.size()
                ? Uni.createFrom().item(Optional.empty())
                : reader.authChain(room, List.copyOf(kept))
                        .chain(chain -> events(room, kept, chain))
                        .map(Optional::of);
    }

    private Uni<StateEvents> events(
            RoomId room, SequencedSet<EventId> state, List<EventId> authChain) {
        var rest = authChain.stream().filter(id -> !state.contains(id)).toList();
        var all = new LinkedHashSet<>(state);
        all.addAll(rest);
        return rooms.events(room, all)
                .map(
                        found ->
                                new StateEvents(
                                        StateReader.raw(found, List.copyOf(state)),
                                        StateReader.raw(found, rest)));
    }

    /// The members that the room is called after where it has no name: of those that are looked
    /// at, the ones that were there first.
    private Uni<SequencedSet<EventId>> heroes(
            RoomId room, StatePoint point, StateMap state, Pdu join) {
        if (NAMES.stream().anyMatch(name -> state.get(name).isPresent())) {
            return Uni.createFrom().item(new LinkedHashSet<>());
        }
        var members = new TreeSet<StateKeyTuple>();
        state.forEach(
                (key, _) -> {
                    if (key.type().equals(MEMBER)
                            && !key.stateKey().equals(join.sender().value())) {
                        members.add(key);
                    }
                });
        var candidates = new LinkedHashSet<StateKeyTuple>();
        members.stream().limit(HERO_CANDIDATES_MAX).forEach(candidates::add);
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(point, candidates);
        return timeline.stateEvents(room, wanted)
                .map(found -> earliest(new ArrayList<>(found.get(point).sequencedValues())));
    }

    private static SequencedSet<EventId> earliest(List<Pdu> members) {
        var heroes = new LinkedHashSet<EventId>();
        members.stream()
                .filter(StateForNewcomer::isInOrInvited)
                .sorted(Comparator.comparingLong(Pdu::depth))
                .limit(HEROES_MAX)
                .forEach(member -> heroes.add(member.id()));
        return heroes;
    }

    private static boolean isInOrInvited(Pdu member) {
        return member.content()
                .string("membership")
                .filter(membership -> membership.equals("join") || membership.equals("invite"))
                .isPresent();
    }
}
