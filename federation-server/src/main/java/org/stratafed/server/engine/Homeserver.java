package org.stratafed.server.engine;

import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.layer.pdu.PduHandler;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.TransactionLayer;
import org.stratafed.api.layer.transport.TransportHandler;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.server.engine.messaging.MessagingService;
import org.stratafed.server.engine.messaging.MessagingSettings;
import org.stratafed.server.engine.pdu.PduService;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.transaction.TransactionService;
import org.stratafed.server.engine.transport.TransportService;

/// One homeserver: the four layers, each built on the one below, in an environment that is all they
/// know of the outside. The only class that sees all four.
///
/// Everything here runs on one engine loop; whoever calls [#messaging()] or [#wireHandler()] does
/// so on that loop.
public final class Homeserver {

    private static final TransportService.Software SOFTWARE =
            new TransportService.Software("Strata", "0.1.0");

    private final HomeserverEnvironment environment;
    private final HomeserverSettings settings;
    private final MessagingHandler product;
    private final TransportService transport;
    private TransactionService transaction;
    private PduService pdu;
    private MessagingService messaging;

    /// @param product what the messaging layer tells of new events; it pulls them itself
    public Homeserver(
            HomeserverEnvironment environment,
            HomeserverSettings settings,
            MessagingHandler product) {
        this.environment = environment;
        this.settings = settings;
        this.product = product;
        transport =
                new TransportService(
                        environment,
                        new TransportService.Settings(
                                settings.name(),
                                settings.key(),
                                settings.oldKeys(),
                                settings.allowPrivateAddresses(),
                                SOFTWARE),
                        this::transactionLayer);
    }

    private TransportHandler transactionLayer(TransportService below) {
        transaction =
                new TransactionService(
                        environment, settings.name(), below, layer -> upperLayers(layer, below));
        return transaction;
    }

    private TransactionService.Above upperLayers(TransactionLayer below, TransportService bottom) {
        pdu =
                new PduService(
                        environment,
                        new LocalServer(settings.name(), settings.key()),
                        below,
                        bottom.keyRing(),
                        bottom.identityKeys(),
                        layer -> messagingLayer(layer, below));
        return new TransactionService.Above(pdu, messaging);
    }

    private PduHandler messagingLayer(PduLayer below, TransactionLayer transactions) {
        messaging =
                new MessagingService(
                        environment,
                        new MessagingSettings(settings.name(), settings.defaultRoomVersion()),
                        below,
                        transactions.queries(),
                        product);
        return messaging;
    }

    /// Takes up what an earlier run left unfinished: batches to send, events that wait for others.
    public void start() {
        transaction
                .start()
                .subscribe()
                .with(_ -> {}, failure -> environment.telemetry().defect("the start", failure));
        pdu.start();
    }

    /// The lower end of the stack: what other servers' requests are handed to.
    public WireHandler wireHandler() {
        return transport;
    }

    /// Why events are what they are, for who looks after the server.
    public Explanations explanations() {
        return pdu.explanations();
    }

    /// The upper end of the stack.
    public MessagingLayer messaging() {
        return messaging;
    }
}
