package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.CreatorSource;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.auth.AuthVerdict.Denied;

/// What makes a create event. The first rule, and final.
final class CreateRules {

    private static final String ROOM_VERSION = "room_version";

    private CreateRules() {}

    static AuthVerdict check(RoomVersionRules rules, Pdu event) {
        // 1.1. It comes first.
        if (!event.prevEvents().isEmpty()) {
            return new Denied("1.1", "A create event has no previous events, but this one does.");
        }
        // 1.2. It makes the room ID, or else the ID is one of its sender's server.
        var roomId = checkRoomId(rules, event);
        if (roomId.isPresent()) {
            return roomId.get();
        }
        // 1.3. The room version has to be one that we know.
        if (event.content().has(ROOM_VERSION) && !isKnown(event.content().string(ROOM_VERSION))) {
            return new Denied(
                    "1.3",
                    "The room version "
                            + event.content().get(ROOM_VERSION).orElseThrow()
                            + " is not known here.");
        }
        return checkCreators(rules, event);
    }

    private static Optional<Denied> checkRoomId(RoomVersionRules rules, Pdu event) {
        if (rules.roomIdIsCreateHash()) {
            return event.json().has("room_id")
                    ? Optional.of(
                            new Denied(
                                    "1.2",
                                    "The room ID follows from the create event, so there must be"
                                            + " none in it."))
                    : Optional.empty();
        }
        return event.roomId().server().equals(Optional.of(event.sender().server()))
                ? Optional.empty()
                : Optional.of(
                        new Denied(
                                "1.2",
                                "The room ID "
                                        + event.roomId()
                                        + " is not one that the server of "
                                        + event.sender()
                                        + " could give."));
    }

    private static boolean isKnown(Optional<String> version) {
        return version.flatMap(RoomVersion::parse).flatMap(RoomVersionRules::of).isPresent();
    }

    private static AuthVerdict checkCreators(RoomVersionRules rules, Pdu event) {
        // 1.4 up to room version 10. It names the creator.
        if (rules.creator() == CreatorSource.CONTENT && !event.content().has(Creators.CREATOR)) {
            return new Denied("1.4", "The create event doesn't say who the creator is.");
        }
        // 1.4 from room version 12 on. Those it names beside its sender are users.
        if (rules.creator() == CreatorSource.SENDER_AND_ADDITIONAL && !areUsers(event)) {
            return new Denied("1.4", "Not all of the additional creators are user IDs.");
        }
        // 1.5. Otherwise it is one.
        return AuthVerdict.ALLOWED;
    }

    private static boolean areUsers(Pdu event) {
        return event.content()
                .get(Creators.ADDITIONAL)
                .map(
                        creators ->
                                creators instanceof JsonArray(var users)
                                        && users.stream()
                                                .allMatch(
                                                        user ->
                                                                user instanceof JsonString(var id)
                                                                        && UserId.parse(id)
                                                                                .isPresent()))
                .orElse(true);
    }
}
