package org.stratafed.server.client.account;

import java.util.Optional;
import org.stratafed.api.model.id.DeviceId;

/// What somebody who logs in wants their device to be.
///
/// @param device absent for a new one
/// @param displayName for a new one
public record DeviceWish(Optional<DeviceId> device, Optional<String> displayName) {

    public static final DeviceWish NONE = new DeviceWish(Optional.empty(), Optional.empty());
}
