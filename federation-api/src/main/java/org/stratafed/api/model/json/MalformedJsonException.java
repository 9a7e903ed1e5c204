package org.stratafed.api.model.json;

/// The bytes aren't JSON, or not JSON that has one meaning only. An answer to whoever sent them
/// rather than a defect, so it carries no stack trace.
public final class MalformedJsonException extends RuntimeException {

    private final long offset;

    MalformedJsonException(String reason, long offset) {
        super(reason + " at byte " + offset, null, false, false);
        this.offset = offset;
    }

    /// Where reading ended, in bytes from the start.
    public long offset() {
        return offset;
    }
}
