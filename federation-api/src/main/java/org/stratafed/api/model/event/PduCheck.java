package org.stratafed.api.model.event;

/// The checks performed on receipt of a PDU, in the specification's order.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">
///     Checks on receipt of a PDU</a>
public enum PduCheck {
    FORMAT,
    SIGNATURES,
    HASHES,
    AUTH_EVENTS,
    STATE_BEFORE,
    CURRENT_STATE,
    POLICY_SERVER
}
