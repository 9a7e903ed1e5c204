package org.stratafed.api.model.exchange;

import java.util.Optional;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// What a resident server proposes as a membership event: to be checked, completed and signed.
///
/// @param roomVersion absent means version 1 or 2
public record MembershipTemplate(JsonObject event, Optional<RoomVersion> roomVersion) {}
