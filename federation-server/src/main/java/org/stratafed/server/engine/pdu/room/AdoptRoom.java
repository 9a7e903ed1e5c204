package org.stratafed.server.engine.pdu.room;

import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.StoredEvent;

/// A room that we join through another server: our join, and the state before it as that server
/// told it, of events that are stored already and stand. See [StoreSentEvents].
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
public record AdoptRoom(RoomVersion version, Pdu join, StateMap before, Optional<Arrival> arrival)
        implements Decision<EventId> {

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");

    @Override
    public EventId decide(RoomTransition transition, Deciding with) {
        mustBeThisRoom(transition);
        boolean isIn =
                !transition.isNewRoom() && transition.residents().contains(with.server().name());
        new Receipt(transition, with.signatures())
                .adopt(join, before, isIn)
                .ifPresent(
                        refusal -> {
                            throw MatrixException.forbidden(refusal.text());
                        });
        return join.id();
    }

    private void mustBeThisRoom(RoomTransition transition) {
        var create =
                before.get(CREATE)
                        .flatMap(transition::event)
                        .map(StoredEvent::pdu)
                        .orElseThrow(() -> unsound("it has no create event that stands"));
        // A room without a version in its create event is of version 1.
        var claimed = create.content().string("room_version").orElse("1");
        if (!claimed.equals(version.id())) {
            throw unsound("its create event says version " + claimed + ", not " + version.id());
        }
    }

    private static MatrixException unsound(String why) {
        return new MatrixException(
                MatrixErrorCode.UNKNOWN, "the room that the other server sent is unsound: " + why);
    }

    @Override
    public Optional<RoomVersion> newRoom() {
        return Optional.of(version);
    }
}
