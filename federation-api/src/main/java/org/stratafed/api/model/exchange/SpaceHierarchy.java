package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;

/// A room and, if it is a space, the rooms in it, as far as the asker may know of them.
///
/// @param childrenState the `m.space.child` events of the room, stripped, with their
///     `origin_server_ts`
/// @param inaccessible children that the asker has no way into
public record SpaceHierarchy(
        RoomSummary room,
        List<JsonObject> childrenState,
        List<RoomSummary> children,
        List<RoomId> inaccessible) {

    public SpaceHierarchy {
        childrenState = List.copyOf(childrenState);
        children = List.copyOf(children);
        inaccessible = List.copyOf(inaccessible);
    }
}
