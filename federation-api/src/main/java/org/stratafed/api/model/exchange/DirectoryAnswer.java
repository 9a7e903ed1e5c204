package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// The room behind an alias, and servers to join it through.
public record DirectoryAnswer(RoomId room, List<ServerName> servers) {}
