package org.stratafed.server.client.account;

import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.UserId;

/// Whom an access token stands for: a local user on one of their devices.
public record Caller(UserId user, DeviceId device) {}
