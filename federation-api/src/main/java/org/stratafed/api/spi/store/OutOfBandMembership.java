package org.stratafed.api.spi.store;

import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// A membership of a local user in a room that this server is not in: an invite, or its rejection.
/// The event is stored as an outlier.
public record OutOfBandMembership(
        UserId user, RoomVersion version, Pdu event, List<JsonObject> strippedState) {}
