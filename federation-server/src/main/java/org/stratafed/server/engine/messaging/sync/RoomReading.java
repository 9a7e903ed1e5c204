package org.stratafed.server.engine.messaging.sync;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.layer.messaging.TimelineEvent;

/// All that was read of one room for a sync.
///
/// @param state what the client is to be given of the state, unfiltered
record RoomReading(
        RoomTask task, TimelineCut cut, List<TimelineEvent> state, Optional<Summary> summary) {}
