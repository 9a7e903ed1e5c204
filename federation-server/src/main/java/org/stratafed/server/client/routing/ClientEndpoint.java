package org.stratafed.server.client.routing;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.PathTemplate;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.server.client.account.Caller;

/// One endpoint: its method, its path, whether it takes a logged-in user, and what answers it.
public record ClientEndpoint(
        String method, PathTemplate path, boolean authenticated, Answering answering) {

    private static final String V3 = "/_matrix/client/v3";

    /// For anybody.
    public static ClientEndpoint open(String method, String path, OpenAnswering answering) {
        return new ClientEndpoint(
                method, new PathTemplate(path), false, (call, _) -> answering.answer(call));
    }

    /// For anybody, under the prefix of most endpoints.
    public static ClientEndpoint openV3(String method, String path, OpenAnswering answering) {
        return open(method, V3 + path, answering);
    }

    /// For users with an access token, under the prefix of most endpoints.
    public static ClientEndpoint v3(String method, String path, UserAnswering answering) {
        return forUsers(method, V3 + path, answering);
    }

    /// For users with an access token.
    public static ClientEndpoint forUsers(String method, String path, UserAnswering answering) {
        return new ClientEndpoint(
                method,
                new PathTemplate(path),
                true,
                (call, caller) -> answering.answer(call, caller.orElseThrow(ClientEndpoint::bare)));
    }

    private static MatrixException bare() {
        return new MatrixException(MatrixErrorCode.MISSING_TOKEN, "Missing access token");
    }

    /// Fails or throws a [MatrixException] when the answer is an error.
    @FunctionalInterface
    public interface Answering {

        Uni<ClientAnswer> answer(Call call, Optional<Caller> caller);
    }

    /// Answers whoever asks.
    @FunctionalInterface
    public interface OpenAnswering {

        Uni<ClientAnswer> answer(Call call);
    }

    /// Answers a logged-in user.
    @FunctionalInterface
    public interface UserAnswering {

        Uni<ClientAnswer> answer(Call call, Caller caller);
    }
}
