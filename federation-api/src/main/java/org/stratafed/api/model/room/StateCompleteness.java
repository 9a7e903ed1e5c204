package org.stratafed.api.model.room;

import java.util.SequencedSet;
import org.stratafed.api.model.id.ServerName;

/// Whether a room's state is all there.
///
/// See `members_omitted` of `PUT /_matrix/federation/v2/send_join` in the server-server API.
public sealed interface StateCompleteness {

    StateCompleteness COMPLETE = new Complete();

    /// Every key is known.
    record Complete() implements StateCompleteness {}

    /// Memberships may be missing; these servers are in the room.
    record Partial(SequencedSet<ServerName> servers) implements StateCompleteness {}
}
