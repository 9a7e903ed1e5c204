package org.stratafed.server.engine.messaging.call;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.error.RemoteFailure.Garbled;
import org.stratafed.api.model.error.RemoteFailure.Refused;
import org.stratafed.api.model.error.RemoteFailure.TimedOut;
import org.stratafed.api.model.error.RemoteFailure.Unreachable;

/// What a local user is told when another server didn't do its part.
public final class PeerFailures {

    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private PeerFailures() {}

    public static <T> Uni<T> answered(Uni<T> call) {
        return call.onFailure(RemoteFailure.class).transform(PeerFailures::answer);
    }

    static MatrixException answer(RemoteFailure failure) {
        return switch (failure) {
            case Refused refused -> refusal(refused);
            case TimedOut timedOut -> gateway(timedOut, GATEWAY_TIMEOUT);
            case Unreachable unreachable -> gateway(unreachable, BAD_GATEWAY);
            case Garbled garbled -> gateway(garbled, BAD_GATEWAY);
        };
    }

    /// A refusal is passed on if it is about what the user wanted. If it is about how we asked, it
    /// is none of the user's doing.
    private static MatrixException refusal(Refused refused) {
        var code = refused.errcode().flatMap(MatrixErrorCode::parse);
        boolean isForUser =
                switch (refused.status()) {
                    case 400 ->
                            !refused.is(MatrixErrorCode.MISSING_PARAM)
                                    && !refused.is(MatrixErrorCode.INVALID_PARAM);
                    case 403, 404, 429 -> true;
                    default -> false;
                };
        return code.filter(_ -> isForUser)
                .map(it -> new MatrixException(it, refused.error()).withStatus(refused.status()))
                .orElseGet(() -> gateway(refused, BAD_GATEWAY));
    }

    private static MatrixException gateway(RemoteFailure failure, int status) {
        return new MatrixException(MatrixErrorCode.UNKNOWN, failure.getMessage())
                .withStatus(status);
    }
}
