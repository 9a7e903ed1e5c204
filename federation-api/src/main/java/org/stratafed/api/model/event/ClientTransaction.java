package org.stratafed.api.model.event;

import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;

/// What makes a client's request to send an event idempotent.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers">
///     Transaction identifiers</a>
public record ClientTransaction(UserId user, DeviceId device, TransactionId transaction) {}
