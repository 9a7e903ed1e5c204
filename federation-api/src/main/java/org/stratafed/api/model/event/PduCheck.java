package org.stratafed.api.model.event;

/// The checks performed on receipt of a PDU, in the specification's order, after the one that is
/// made of the server which sent it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">
///     Checks on receipt of a PDU</a>
public enum PduCheck {
    /// Not of the event but of who sends it: the room denies that server.
    SERVER_ACL,
    FORMAT,
    SIGNATURES,
    HASHES,
    AUTH_EVENTS,
    STATE_BEFORE,
    CURRENT_STATE,
    POLICY_SERVER
}
