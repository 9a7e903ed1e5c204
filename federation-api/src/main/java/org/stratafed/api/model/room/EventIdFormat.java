package org.stratafed.api.model.room;

/// How an event gets its identifier.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v4/#event-ids">Event IDs</a>
public enum EventIdFormat {

    /// `$opaque:server`, part of the event; citations pair it with the event's reference hash.
    CHOSEN_BY_SENDER,

    /// The reference hash in the standard alphabet of base64, not part of the event.
    REFERENCE_HASH_STANDARD,

    /// The reference hash in the URL-safe alphabet of base64, not part of the event.
    REFERENCE_HASH_URL_SAFE;

    public boolean isReferenceHash() {
        return this != CHOSEN_BY_SENDER;
    }
}
