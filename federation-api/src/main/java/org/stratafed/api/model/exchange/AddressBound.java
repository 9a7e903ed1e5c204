package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// What an identity server tells of an e-mail address or phone number that turned out to be a
/// user's: the invitations that were waiting for it.
public record AddressBound(UserId user, List<Invitation> invitations) {

    public AddressBound {
        invitations = List.copyOf(invitations);
    }

    /// One of them.
    ///
    /// @param user whom it is for, by what it says
    /// @param sender who invited the address
    /// @param signed the identity server's word: who redeems which invitation
    public record Invitation(RoomId room, UserId user, UserId sender, JsonObject signed) {}
}
