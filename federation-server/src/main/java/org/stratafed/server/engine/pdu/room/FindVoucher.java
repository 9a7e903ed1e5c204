package org.stratafed.server.engine.pdu.room;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.auth.Vouching;

/// What it takes a user to join now, in a room with conditions, and which of these members could
/// vouch for it. Changes nothing.
///
/// @param members users of ours
public record FindVoucher(UserId user, List<UserId> members)
        implements Decision<FindVoucher.Terms> {

    /// @param isNeeded whether somebody has to vouch; if not, the rest says nothing
    /// @param rooms the rooms of one of which the user has to be a member
    public record Terms(boolean isNeeded, List<RoomId> rooms, Optional<UserId> voucher) {}

    @Override
    public Terms decide(RoomTransition transition, Deciding with) {
        transition.mustBeResident(with.server().name());
        var vouching =
                new Vouching(
                        transition.rules(),
                        (type, key) ->
                                transition
                                        .currentState()
                                        .get(new StateKeyTuple(type, key))
                                        .flatMap(transition::event)
                                        .map(StoredEvent::pdu));
        return vouching.isNeededBy(user)
                ? new Terms(
                        true,
                        vouching.rooms(),
                        members.stream().filter(vouching::isUpTo).findFirst())
                : new Terms(false, List.of(), Optional.empty());
    }
}
