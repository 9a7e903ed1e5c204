package org.stratafed.server.engine.transport;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.stratafed.api.layer.transport.AnswerStream;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.layer.transport.TransportHandler;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.StreamedAnswer;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.auth.RequestAuthenticator;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.server.engine.transport.discovery.AddressPolicy;
import org.stratafed.server.engine.transport.discovery.Addresses;
import org.stratafed.server.engine.transport.discovery.ServerDiscovery;
import org.stratafed.server.engine.transport.identity.AskedIdentityKeys;
import org.stratafed.server.engine.transport.keys.KeyFetch;
import org.stratafed.server.engine.transport.keys.KeyPublication;
import org.stratafed.server.engine.transport.keys.Notary;
import org.stratafed.server.engine.transport.keys.NotaryFetch;
import org.stratafed.server.engine.transport.keys.OwnKeys;
import org.stratafed.server.engine.transport.keys.ServerKeyRing;
import org.stratafed.server.engine.transport.keys.WitnessedKeyRing;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;
import org.stratafed.server.engine.transport.wire.Eager;

/// The bottom of the stack: requests of other servers come in by [WireHandler] and go up to a
/// [TransportHandler]; questions come down by [TransportLayer] and go out.
public final class TransportService implements TransportLayer, WireHandler {

    private final KeyRing keyRing;
    private final IdentityKeys identityKeys;
    private final IncomingRequests incoming;
    private final OutgoingRequests outgoing;
    private final TransportHandler handler;

    /// @param above makes the handler above out of this service. It is applied once, last of all,
    ///     so that it may already ask; nothing comes in before it returns
    public TransportService(
            HomeserverEnvironment environment,
            Settings settings,
            Function<TransportService, TransportHandler> above) {
        var clock = environment.clock();
        var compute = environment.compute();
        var signatures = environment.signatures();
        var telemetry = environment.telemetry();
        var server = settings.server();
        var policy = new AddressPolicy(settings.arePrivateAddressesPermitted());
        var discovery = new ServerDiscovery(environment.wire(), environment.names(), policy, clock);
        identityKeys =
                new AskedIdentityKeys(
                        environment.wire(), new Addresses(environment.names(), policy), clock);
        var exchange = new ServerExchange(environment.wire(), discovery, clock);
        var own = OwnKeys.of(server, settings.signingKey(), settings.oldKeys(), signatures);
        var fetch = new KeyFetch(exchange, compute, signatures, clock);
        var keyStore = environment.stores().keys();
        var firstHand = new ServerKeyRing(own, keyStore, fetch, telemetry, clock);
        var publication = new KeyPublication(own, signatures, clock);
        keyRing =
                new WitnessedKeyRing(
                        server,
                        firstHand,
                        new NotaryFetch(exchange, compute, signatures, clock),
                        telemetry,
                        clock);
        incoming =
                new IncomingRequests(
                        new RequestAuthenticator(server, keyRing, signatures, clock),
                        publication,
                        new Notary(
                                own,
                                publication,
                                firstHand,
                                new Notary.Services(
                                        keyStore, compute, signatures, telemetry, clock)),
                        settings.software(),
                        compute,
                        telemetry);
        outgoing =
                new OutgoingRequests(
                        new RequestSigner(server, settings.signingKey(), signatures),
                        exchange,
                        compute);
        handler = above.apply(this);
    }

    /// Who this server is to others, and where it lets itself be sent.
    ///
    /// @param oldKeys keys it signed with before, with the time each went out of use: whoever gets
    ///     to see its old events needs them
    /// @param arePrivateAddressesPermitted whether other servers may be at private addresses, as in
    ///     a network of one's own
    /// @param software what it says it is
    public record Settings(
            ServerName server,
            SigningKey signingKey,
            List<ServerKey> oldKeys,
            boolean arePrivateAddressesPermitted,
            Software software) {

        public Settings {
            oldKeys = List.copyOf(oldKeys);
        }
    }

    /// A name and a version.
    public record Software(String name, String version) {}

    /// The keys of other servers, for the layer that checks their events.
    public KeyRing keyRing() {
        return keyRing;
    }

    /// Whether keys of identity servers are still good, for the layer that completes invitations.
    public IdentityKeys identityKeys() {
        return identityKeys;
    }

    @Override
    public <Q, A> Uni<A> ask(ServerName destination, Endpoint<Q, A> endpoint, Q question) {
        return Eager.start(outgoing.ask(destination, endpoint, question));
    }

    @Override
    public <Q, P> Uni<AnswerStream<P>> open(
            ServerName destination, StreamedAnswer<Q, P> endpoint, Q question) {
        return Eager.start(outgoing.open(destination, endpoint, question));
    }

    @Override
    public Uni<WireResponse> onRequest(WireRequest request) {
        return Eager.start(incoming.respond(request, handler));
    }
}
