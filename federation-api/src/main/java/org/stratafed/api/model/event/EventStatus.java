package org.stratafed.api.model.event;

/// What the checks on receipt made of a stored event.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">
///     Checks on receipt of a PDU</a>
public enum EventStatus {

    /// Part of the room.
    ACCEPTED,

    /// Valid, and used in state resolution, but neither shown nor built upon.
    SOFT_FAILED,

    /// Invalid where it stands. Never part of any state.
    REJECTED
}
