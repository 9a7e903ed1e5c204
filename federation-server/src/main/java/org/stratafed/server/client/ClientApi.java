package org.stratafed.server.client;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.server.client.account.AccountDataStore;
import org.stratafed.server.client.account.AccountStore;
import org.stratafed.server.client.account.Accounts;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.account.Nonces;
import org.stratafed.server.client.account.Passwords;
import org.stratafed.server.client.account.SharedSecret;
import org.stratafed.server.client.endpoint.ClientConfigEndpoints;
import org.stratafed.server.client.endpoint.DirectoryEndpoints;
import org.stratafed.server.client.endpoint.Filters;
import org.stratafed.server.client.endpoint.JoinEndpoints;
import org.stratafed.server.client.endpoint.MembershipEndpoints;
import org.stratafed.server.client.endpoint.ProfileEndpoints;
import org.stratafed.server.client.endpoint.PublicRoomsEndpoints;
import org.stratafed.server.client.endpoint.ReadingEndpoints;
import org.stratafed.server.client.endpoint.RegistrationEndpoints;
import org.stratafed.server.client.endpoint.RoomEndpoints;
import org.stratafed.server.client.endpoint.ServerEndpoints;
import org.stratafed.server.client.endpoint.SessionEndpoints;
import org.stratafed.server.client.endpoint.SharedSecretEndpoints;
import org.stratafed.server.client.endpoint.SyncEndpoints;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.ClientRequest;
import org.stratafed.server.client.routing.ClientRouter;
import org.stratafed.server.client.routing.EngineCalls;
import org.stratafed.server.host.LongPolls;
import org.stratafed.server.host.RegistrationSettings;
import org.stratafed.server.store.sql.SqlSessions;

/// The Client-Server API over a messaging layer: answers each request, with an error if need be.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/">Client-Server API</a>
public final class ClientApi implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClientApi.class);

    private final ClientRouter router;
    private final Accounts accounts;
    private final EngineCalls engine;
    private final Passwords passwords;

    /// What it works on.
    ///
    /// @param defaultVersion of new rooms
    /// @param waits ended when the server stops
    public record Parts(
            MessagingLayer messaging,
            SqlSessions sessions,
            ServerName local,
            RoomVersion defaultVersion,
            RegistrationSettings registration,
            LongPolls waits) {}

    /// @param loop the engine's
    /// @param workers for what is made of the engine's answers
    public ClientApi(
            Parts parts,
            Executor loop,
            Executor workers,
            InstantSource clock,
            SecureRandom random) {
        engine = new EngineCalls(loop, workers);
        passwords = new Passwords(random);
        var messaging = parts.messaging();
        accounts =
                new Accounts(
                        new AccountStore(parts.sessions()),
                        messaging,
                        passwords,
                        parts.local(),
                        clock,
                        random);
        var accountData = new AccountDataStore(parts.sessions());
        var filters = new Filters(accountData, engine);
        var registration = parts.registration();
        var nonces = new Nonces(clock, random);
        router =
                new ClientRouter(
                        Stream.of(
                                        new ServerEndpoints(parts.defaultVersion()).all(),
                                        new SessionEndpoints(accounts, engine).all(),
                                        new RegistrationEndpoints(accounts, engine, registration)
                                                .all(),
                                        new SharedSecretEndpoints(
                                                        accounts,
                                                        engine,
                                                        nonces,
                                                        registration
                                                                .sharedSecret()
                                                                .map(SharedSecret::new))
                                                .all(),
                                        new RoomEndpoints(messaging, engine).all(),
                                        new MembershipEndpoints(messaging, engine).all(),
                                        new JoinEndpoints(messaging, engine).all(),
                                        new ReadingEndpoints(messaging, engine, clock).all(),
                                        new SyncEndpoints(
                                                        messaging,
                                                        accountData,
                                                        filters,
                                                        parts.waits(),
                                                        engine,
                                                        clock)
                                                .all(),
                                        new ProfileEndpoints(messaging, engine).all(),
                                        new DirectoryEndpoints(messaging, engine).all(),
                                        new PublicRoomsEndpoints(messaging, engine).all(),
                                        new ClientConfigEndpoints(accountData, filters, engine)
                                                .all())
                                .flatMap(List::stream)
                                .toList());
    }

    /// Never fails.
    public Uni<ClientAnswer> answer(ClientRequest request) {
        return Uni.createFrom()
                .deferred(() -> found(request))
                .onFailure()
                .recoverWithItem(failure -> failed(request, failure));
    }

    private Uni<ClientAnswer> found(ClientRequest request) {
        var match = router.match(request.method(), request.path());
        ClientEndpoint endpoint = match.endpoint();
        var call = new Call(request, match.parameters());
        return endpoint.authenticated()
                ? caller(request).chain(it -> endpoint.answering().answer(call, Optional.of(it)))
                : endpoint.answering().answer(call, Optional.empty());
    }

    private Uni<Caller> caller(ClientRequest request) {
        String token =
                request.accessToken()
                        .orElseThrow(
                                () ->
                                        new MatrixException(
                                                MatrixErrorCode.MISSING_TOKEN,
                                                "Missing access token"));
        return engine.call(() -> accounts.caller(token));
    }

    private static ClientAnswer failed(ClientRequest request, Throwable failure) {
        if (failure instanceof MatrixException error) {
            return ClientAnswer.of(error);
        }
        LOG.errorf(failure, "Defect answering %s %s", request.method(), request.path());
        return ClientAnswer.of(new MatrixException(MatrixErrorCode.UNKNOWN, "Internal error"));
    }

    @Override
    public void close() {
        passwords.close();
    }
}
