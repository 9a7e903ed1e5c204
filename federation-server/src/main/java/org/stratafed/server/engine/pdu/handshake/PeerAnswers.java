package org.stratafed.server.engine.pdu.handshake;

import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;

/// What a client is told of another server's refusal or failure.
final class PeerAnswers {

    private PeerAnswers() {}

    /// A peer's own refusal is passed on; what is wrong between the servers is none of the
    /// client's doing.
    static MatrixException forClients(RemoteFailure failure) {
        return switch (failure) {
            case RemoteFailure.Refused refused ->
                    switch (refused.errcode().orElse("")) {
                        case "M_FORBIDDEN" -> MatrixException.forbidden(refused.getMessage());
                        case "M_NOT_FOUND" -> MatrixException.notFound(refused.getMessage());
                        case "M_INCOMPATIBLE_ROOM_VERSION" ->
                                new MatrixException(
                                        MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                                        refused.getMessage());
                        case "M_UNABLE_TO_AUTHORISE_JOIN" ->
                                new MatrixException(
                                        MatrixErrorCode.UNABLE_TO_AUTHORISE_JOIN,
                                        refused.getMessage());
                        case "M_UNABLE_TO_GRANT_JOIN" ->
                                new MatrixException(
                                        MatrixErrorCode.UNABLE_TO_GRANT_JOIN, refused.getMessage());
                        default -> badGateway(refused);
                    };
            case RemoteFailure.Unreachable unreachable -> badGateway(unreachable);
            case RemoteFailure.TimedOut timedOut -> badGateway(timedOut);
            case RemoteFailure.Garbled garbled -> badGateway(garbled);
        };
    }

    private static MatrixException badGateway(RemoteFailure failure) {
        return new MatrixException(MatrixErrorCode.UNKNOWN, failure.getMessage()).withStatus(502);
    }
}
