package org.stratafed.api.model.error;

import java.util.Optional;

/// The `errcode`s of the Matrix specification that this server answers with, each with the HTTP
/// status it is sent with unless an endpoint says otherwise. Alphabetical.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#standard-error-response">Standard
///     error response</a>
public enum MatrixErrorCode {
    BAD_ALIAS(400),
    BAD_JSON(400),
    BAD_STATE(400),
    DUPLICATE_ANNOTATION(400),
    EXCLUSIVE(400),
    FORBIDDEN(403),
    GUEST_ACCESS_FORBIDDEN(403),
    INCOMPATIBLE_ROOM_VERSION(400),
    INVALID_PARAM(400),
    INVALID_ROOM_STATE(400),
    INVALID_USERNAME(400),
    INVITE_BLOCKED(403),
    LIMIT_EXCEEDED(429),
    MISSING_PARAM(400),
    MISSING_TOKEN(401),
    NOT_FOUND(404),
    NOT_JSON(400),
    NOT_YET_UPLOADED(504),
    RESOURCE_LIMIT_EXCEEDED(403),
    ROOM_IN_USE(400),
    TOO_LARGE(413),
    UNABLE_TO_AUTHORISE_JOIN(400),
    UNABLE_TO_GRANT_JOIN(400),
    UNAUTHORIZED(401),
    UNKNOWN(500),
    UNKNOWN_POS(400),
    UNKNOWN_TOKEN(401),
    UNRECOGNIZED(404),
    UNSUPPORTED_ROOM_VERSION(400),
    USER_DEACTIVATED(403),
    USER_IN_USE(400),
    WEAK_PASSWORD(400);

    private static final String PREFIX = "M_";

    private final int httpStatus;

    MatrixErrorCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /// The code a peer answered with, if it is one of these.
    public static Optional<MatrixErrorCode> parse(String errcode) {
        for (MatrixErrorCode code : values()) {
            if (code.errcode().equals(errcode)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    public String errcode() {
        return PREFIX + name();
    }

    public int httpStatus() {
        return httpStatus;
    }
}
