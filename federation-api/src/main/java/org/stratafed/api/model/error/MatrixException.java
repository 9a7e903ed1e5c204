package org.stratafed.api.model.error;

import java.util.Objects;
import org.stratafed.api.model.json.JsonObject;

/// A request this server answers with a Matrix error. It is an answer, not a defect, so it
/// carries no stack trace; a defect is any other unchecked exception.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#standard-error-response">Standard
///     error response</a>
public final class MatrixException extends RuntimeException {

    private final MatrixErrorCode code;
    private final int status;
    private final transient JsonObject details;

    public MatrixException(MatrixErrorCode code, String message) {
        this(code, message, JsonObject.empty());
    }

    /// @param details what the body says beside the code and the message, as some codes ask for
    public MatrixException(MatrixErrorCode code, String message, JsonObject details) {
        this(code, code.httpStatus(), message, details);
    }

    private MatrixException(MatrixErrorCode code, int status, String message, JsonObject details) {
        super(Objects.requireNonNull(message, "message"), null, false, false);
        this.code = code;
        this.status = status;
        this.details = details;
    }

    /// The request is well-formed JSON of the wrong shape.
    public static MatrixException badJson(String message) {
        return new MatrixException(MatrixErrorCode.BAD_JSON, message);
    }

    public static MatrixException forbidden(String message) {
        return new MatrixException(MatrixErrorCode.FORBIDDEN, message);
    }

    public static MatrixException invalidParam(String message) {
        return new MatrixException(MatrixErrorCode.INVALID_PARAM, message);
    }

    public static MatrixException missingParam(String message) {
        return new MatrixException(MatrixErrorCode.MISSING_PARAM, message);
    }

    public static MatrixException notFound(String message) {
        return new MatrixException(MatrixErrorCode.NOT_FOUND, message);
    }

    public static MatrixException notJson(String message) {
        return new MatrixException(MatrixErrorCode.NOT_JSON, message);
    }

    public static MatrixException unauthorized(String message) {
        return new MatrixException(MatrixErrorCode.UNAUTHORIZED, message);
    }

    public static MatrixException unrecognized(String message) {
        return new MatrixException(MatrixErrorCode.UNRECOGNIZED, message);
    }

    /// The same answer with the status an endpoint has for it.
    public MatrixException withStatus(int status) {
        return new MatrixException(code, status, getMessage(), details);
    }

    public MatrixErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    /// The response's body: `errcode`, `error` and what else the code asks for.
    public JsonObject body() {
        return JsonObject.builder()
                .put("errcode", code.errcode())
                .put("error", getMessage())
                .putAll(details)
                .build();
    }
}
