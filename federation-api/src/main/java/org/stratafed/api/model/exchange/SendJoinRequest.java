package org.stratafed.api.model.exchange;

/// A signed join that is handed in, and how much of the room its server wants to be told.
///
/// @param omitMembers whether it can do without most memberships of the room for now
public record SendJoinRequest(SignedMembership join, boolean omitMembers) {

    /// One that is to be answered with the whole room.
    public static SendJoinRequest whole(SignedMembership join) {
        return new SendJoinRequest(join, false);
    }
}
