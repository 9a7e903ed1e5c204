package org.stratafed.api.model.exchange;

import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;

/// The invitation of an e-mail address or phone number, redeemed by the user whose it is: on its
/// way to the server that invited.
///
/// @param invite a membership event without all that only that server can add
public record InvitationRedeemed(RoomId room, JsonObject invite) {}
