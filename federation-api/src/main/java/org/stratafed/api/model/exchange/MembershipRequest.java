package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;

/// The question for a template: who wants to join or leave what.
///
/// @param versions the room versions the asking server supports; empty for a leave
public record MembershipRequest(RoomId room, UserId user, List<RoomVersion> versions) {}
