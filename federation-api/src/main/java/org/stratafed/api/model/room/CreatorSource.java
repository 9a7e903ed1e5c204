package org.stratafed.api.model.room;

/// Where a create event says who created the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomcreate">`m.room.create`</a>
public enum CreatorSource {

    /// `content.creator`, which has to be there.
    CONTENT,

    /// The event's sender.
    SENDER,

    /// The event's sender and the users in `content.additional_creators`.
    SENDER_AND_ADDITIONAL
}
