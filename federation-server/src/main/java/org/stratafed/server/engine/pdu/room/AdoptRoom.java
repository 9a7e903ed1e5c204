package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.StoredEvent;

/// A room that we join through another server: our join, and the state before it as that server
/// told it. Every event is checked; one that fails is left out.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public record AdoptRoom(
        RoomVersion version,
        Pdu join,
        List<Pdu> state,
        List<Pdu> authChain,
        Optional<Arrival> arrival)
        implements Decision<AdoptRoom.Adopted> {

    /// @param dropped events that did not pass their checks, and are no part of the room here
    public record Adopted(EventId join, List<EventId> dropped) {}

    @Override
    public Adopted decide(RoomTransition transition, Deciding with) {
        var receipt = new Receipt(transition, with.signatures());
        var all = new ArrayList<>(authChain);
        all.addAll(state);
        var ids = new LinkedHashSet<EventId>();
        all.forEach(event -> ids.add(event.id()));
        ids.add(join.id());
        transition.require(ids);
        var dropped = new ArrayList<EventId>();
        for (var event : TopologicalOrder.byAuthEvents(all)) {
            var status = receipt.decideOutlier(event);
            if (status.isEmpty() || status.get() == EventStatus.REJECTED) {
                dropped.add(event.id());
            }
        }
        var before = stateBefore(transition);
        mustBeThisRoom(transition, before);
        boolean isIn =
                !transition.isNewRoom() && transition.residents().contains(with.server().name());
        receipt.adopt(join, before, isIn)
                .ifPresent(
                        refusal -> {
                            throw MatrixException.forbidden(refusal.text());
                        });
        return new Adopted(join.id(), dropped);
    }

    private StateMap stateBefore(RoomTransition transition) {
        var before = StateMap.empty();
        for (var event : state) {
            var stands =
                    transition
                            .event(event.id())
                            .filter(stored -> stored.status() != EventStatus.REJECTED)
                            .isPresent();
            if (stands && event.stateTuple().isPresent()) {
                before = before.with(event.stateTuple().get(), event.id());
            }
        }
        return before;
    }

    private void mustBeThisRoom(RoomTransition transition, StateMap before) {
        var create =
                before.get(new StateKeyTuple("m.room.create", ""))
                        .flatMap(transition::event)
                        .map(StoredEvent::pdu)
                        .orElseThrow(() -> unsound("it has no create event that stands"));
        // A room without a version in its create event is of version 1.
        var claimed = create.content().string("room_version").orElse("1");
        if (!claimed.equals(version.id())) {
            throw unsound("its create event says version " + claimed + ", not " + version.id());
        }
    }

    private MatrixException unsound(String why) {
        return new MatrixException(
                MatrixErrorCode.UNKNOWN, "the room that the other server sent is unsound: " + why);
    }

    @Override
    public Optional<RoomVersion> newRoom() {
        return Optional.of(version);
    }
}
