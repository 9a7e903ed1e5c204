package org.stratafed.api.model.error;

import java.util.Optional;
import java.util.OptionalLong;

/// Another server didn't do what it was asked to. That is to be expected of other servers, so it
/// carries no stack trace, and whoever asked decides in one `switch` what it means.
public abstract sealed class RemoteFailure extends RuntimeException
        permits RemoteFailure.Unreachable,
                RemoteFailure.TimedOut,
                RemoteFailure.Refused,
                RemoteFailure.Garbled {

    private RemoteFailure(String message) {
        super(message, null, false, false);
    }

    /// It wasn't found, or no connection to it came about that proved its name.
    public static final class Unreachable extends RemoteFailure {

        public Unreachable(String message) {
            super(message);
        }
    }

    /// It took too long. Whether it did what it was asked to isn't known.
    public static final class TimedOut extends RemoteFailure {

        public TimedOut(String message) {
            super(message);
        }
    }

    /// It answered, with an error.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#standard-error-response">
    ///     Standard error response</a>
    public static final class Refused extends RemoteFailure {

        private final int status;
        private final transient Optional<String> errcode;
        private final String error;
        private final transient OptionalLong retryAfterMs;

        /// @param errcode as sent, if the body was a Matrix error
        /// @param retryAfterMs when it wants to be asked again, if it said so
        public Refused(
                int status, Optional<String> errcode, String error, OptionalLong retryAfterMs) {
            super(status + errcode.map(code -> " " + code).orElse("") + ": " + error);
            this.status = status;
            this.errcode = errcode;
            this.error = error;
            this.retryAfterMs = retryAfterMs;
        }

        public int status() {
            return status;
        }

        public Optional<String> errcode() {
            return errcode;
        }

        /// Whether the answer has this code. What it says is worth more than the status, unless it
        /// says nothing (`M_UNKNOWN`).
        public boolean is(MatrixErrorCode code) {
            return errcode.isPresent() && errcode.get().equals(code.errcode());
        }

        public String error() {
            return error;
        }

        public OptionalLong retryAfterMs() {
            return retryAfterMs;
        }
    }

    /// It answered with something that isn't what the endpoint answers, or is too large.
    public static final class Garbled extends RemoteFailure {

        public Garbled(String message) {
            super(message);
        }
    }
}
