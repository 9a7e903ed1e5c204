package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import java.util.SequencedSet;
import java.util.function.Function;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.layer.transaction.TransactionHandler;
import org.stratafed.api.layer.transaction.TransactionLayer;
import org.stratafed.api.layer.transport.TransportHandler;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.transaction.inbound.InboundTransactions;
import org.stratafed.server.engine.transaction.outbound.OutboundTransactions;
import org.stratafed.server.engine.transaction.query.QueryClient;
import org.stratafed.server.engine.transaction.query.QueryDispatch;

/// The transaction layer of one homeserver: what other servers push here and what is pushed to
/// them, and the questions both ways.
public final class TransactionService implements TransactionLayer, TransportHandler {

    private final OutboundTransactions outbound;
    private final QueryClient client;
    private final QueryDispatch dispatch;

    /// Builds the layer on the transport layer, and what is above on it.
    ///
    /// @param local this server
    /// @param above makes the layers above, given this one. It is called once, and may keep what
    ///     it is given, but not use it before this constructor is done
    public TransactionService(
            HomeserverEnvironment environment,
            ServerName local,
            TransportLayer transport,
            Function<TransactionLayer, Above> above) {
        outbound = new OutboundTransactions(environment, local, transport);
        client = new QueryClient(transport);
        var handlers = above.apply(this);
        var inbound = new InboundTransactions(environment, handlers.transactions());
        dispatch =
                new QueryDispatch(
                        local,
                        environment.clock(),
                        inbound::onTransaction,
                        handlers.transactions().rooms(),
                        handlers.queries());
    }

    /// Who is told what comes in: the PDU layer, and the messaging layer about what no room has to
    /// do with.
    public record Above(TransactionHandler transactions, QueryHandler queries) {}

    /// Starts sending what an earlier run of this server left unsent. Completes when it is known
    /// what that is; until then, nothing stands in the way of new traffic.
    public Uni<Void> start() {
        return outbound.start();
    }

    @Override
    public void wake(SequencedSet<ServerName> destinations) {
        outbound.wake(destinations);
    }

    @Override
    public RemoteRooms rooms() {
        return client;
    }

    @Override
    public RemoteQueries queries() {
        return client;
    }

    @Override
    public <Q, A> Uni<A> onRequest(ServerName origin, Endpoint<Q, A> endpoint, Q question) {
        return dispatch.answer(origin, endpoint, question);
    }

    @Override
    public <Q, A> Uni<A> onOpenRequest(Endpoint<Q, A> endpoint, Q question) {
        return dispatch.answer(endpoint, question);
    }

    @Override
    public void onSignOfLife(ServerName server) {
        outbound.onSignOfLife(server);
    }
}
