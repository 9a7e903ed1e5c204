package org.stratafed.api.layer.messaging;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.JoinUnderWay;

/// Who is in a room, changed by a local user. `reason` goes into the event as it is.
public interface Memberships {

    Uni<RoomId> join(RoomId room, UserId user, List<ServerName> via, Optional<String> reason);

    /// Resolves the alias, on its own server where need be, and joins through the servers found.
    Uni<RoomId> join(RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason);

    /// How far the user's joins are that go on now through other servers. A large room takes
    /// minutes; one that is asked for again meanwhile is not begun anew.
    Uni<List<JoinUnderWay>> joinsUnderWay(UserId user);

    /// Asks to be let in.
    Uni<RoomId> knock(RoomId room, UserId user, List<ServerName> via, Optional<String> reason);

    Uni<RoomId> knock(RoomAlias alias, UserId user, List<ServerName> via, Optional<String> reason);

    Uni<Void> invite(RoomId room, UserId sender, UserId target, Optional<String> reason);

    /// Leaves, rejects an invite, or takes back a knock.
    Uni<Void> leave(RoomId room, UserId user, Optional<String> reason);

    Uni<Void> kick(RoomId room, UserId sender, UserId target, Optional<String> reason);

    Uni<Void> ban(RoomId room, UserId sender, UserId target, Optional<String> reason);

    Uni<Void> unban(RoomId room, UserId sender, UserId target, Optional<String> reason);

    /// The user wants no more of a room they have left: what they saw of it isn't shown again,
    /// unless they come back. `M_UNKNOWN` for one who hasn't left.
    Uni<Void> forget(RoomId room, UserId user);

    /// The rooms the user is joined to.
    Uni<List<RoomId>> joinedRooms(UserId user);
}
