package org.stratafed.server.engine.pdu.handshake;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.UserMembership;

/// Of which version a room is that is known by an invite or a knock only.
final class VersionTold {

    private static final String ROOM_VERSION = "room_version";

    private VersionTold() {}

    /// The version that the state which came with it claims. Where it says nothing, the event tells
    /// what form it has, and the newest supported version of those with that form is taken.
    static RoomVersionRules of(UserMembership membership) {
        return membership.strippedState().stream()
                .filter(e -> e.string("type").equals(Optional.of("m.room.create")))
                .flatMap(e -> e.object("content").stream())
                .flatMap(content -> claimed(content).stream())
                .flatMap(id -> RoomVersionRules.of(id).stream())
                .findFirst()
                .orElseGet(() -> ofForm(membership.event()));
    }

    private static Optional<RoomVersion> claimed(JsonObject create) {
        return create.has(ROOM_VERSION)
                ? create.string(ROOM_VERSION).flatMap(RoomVersion::parse)
                : Optional.of(RoomVersion.WHEN_UNNAMED);
    }

    private static RoomVersionRules ofForm(Pdu event) {
        boolean isHash = !event.json().has("event_id");
        return RoomVersionRules.supported().reversed().stream()
                .flatMap(version -> RoomVersionRules.of(version).stream())
                .filter(rules -> rules.eventIdFormat().isReferenceHash() == isHash)
                .findFirst()
                .orElseThrow();
    }
}
