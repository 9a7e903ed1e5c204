package org.stratafed.api.model.room;

import java.util.SequencedSet;
import org.stratafed.api.model.id.ServerName;

/// Whether a room's state is all there.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_joinroomideventid">
///     `members_omitted`</a>
public sealed interface StateCompleteness {

    StateCompleteness COMPLETE = new Complete();

    /// Every key is known.
    record Complete() implements StateCompleteness {}

    /// Memberships may be missing; these servers are in the room.
    record Partial(SequencedSet<ServerName> servers) implements StateCompleteness {}
}
