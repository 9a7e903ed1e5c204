package org.stratafed.api.layer.messaging;

import java.time.Duration;
import java.util.Optional;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.UserId;

/// A client's question for what is new.
///
/// @param since a token of an earlier answer; empty for an initial sync
/// @param timeout how long to wait when there is nothing; zero not to wait
public record SyncRequest(
        UserId user,
        DeviceId device,
        Optional<String> since,
        Duration timeout,
        boolean fullState,
        SyncFilter filter) {}
