package org.stratafed.server.engine.messaging.membership;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.messaging.reading.RoomAccess;

/// The ends of memberships: of one's own accord, and by others.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#leaving-rooms">Leaving rooms</a>
final class Leaving {

    private final PduLayer pdu;
    private final RoomAccess access;

    Leaving(PduLayer pdu, RoomAccess access) {
        this.pdu = pdu;
        this.access = access;
    }

    Uni<Void> leave(RoomId room, UserId user, Optional<String> reason) {
        return pdu.leave(room, user, content("leave", reason));
    }

    /// To the rules of rooms, a kick of somebody who is banned ends the ban. That is not what
    /// whoever kicks asks for.
    Uni<Void> kick(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return require(room, target, List.of("join", "invite", "knock"))
                .chain(() -> change(room, sender, target, content("leave", reason)));
    }

    Uni<Void> ban(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return change(room, sender, target, content("ban", reason));
    }

    Uni<Void> unban(RoomId room, UserId sender, UserId target, Optional<String> reason) {
        return require(room, target, List.of("ban"))
                .chain(() -> change(room, sender, target, content("leave", reason)));
    }

    private Uni<Void> require(RoomId room, UserId target, List<String> memberships) {
        return access.currentEvent(room, "m.room.member", target.value())
                .map(event -> event.map(Leaving::membership).orElse("leave"))
                .invoke(
                        membership -> {
                            if (!memberships.contains(membership)) {
                                throw MatrixException.forbidden(
                                        target + "'s membership is " + membership);
                            }
                        })
                .replaceWithVoid();
    }

    private static String membership(Pdu event) {
        return event.content().string("membership").orElse("leave");
    }

    private Uni<Void> change(RoomId room, UserId sender, UserId target, JsonObject content) {
        var draft = EventDraft.state(room, sender, "m.room.member", target.value(), content);
        return pdu.submit(draft, Optional.empty()).replaceWithVoid();
    }

    private static JsonObject content(String membership, Optional<String> reason) {
        return MemberContent.of(membership, JsonObject.empty(), reason);
    }
}
