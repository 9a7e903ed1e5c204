package org.stratafed.server.engine.messaging.membership;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.layer.messaging.Profiles;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonObject;

/// Inviting users into rooms.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#room-membership">Room
///     membership</a>
public final class Inviting {

    private final ServerName local;
    private final PduLayer pdu;
    private final Profiles profiles;

    public Inviting(ServerName local, PduLayer pdu, Profiles profiles) {
        this.local = local;
        this.pdu = pdu;
        this.profiles = profiles;
    }

    /// @param direct whether the room is meant for a talk between the two
    public Uni<EventId> invite(
            RoomId room, UserId sender, UserId target, Optional<String> reason, boolean direct) {
        return profile(target)
                .map(profile -> MemberContent.of("invite", profile, reason))
                .map(content -> direct ? content.with("is_direct", JsonBoolean.TRUE) : content)
                .chain(content -> pdu.invite(room, sender, target, content));
    }

    /// What users of other servers call themselves, their servers say when they join.
    private Uni<JsonObject> profile(UserId target) {
        return target.server().equals(local)
                ? profiles.profile(target)
                : Uni.createFrom().item(JsonObject.empty());
    }
}
