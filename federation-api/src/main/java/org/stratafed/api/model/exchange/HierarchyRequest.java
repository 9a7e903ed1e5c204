package org.stratafed.api.model.exchange;

import org.stratafed.api.model.id.RoomId;

/// The question for a space and its children.
///
/// @param suggestedOnly whether only children count that the space suggests
public record HierarchyRequest(RoomId room, boolean suggestedOnly) {}
