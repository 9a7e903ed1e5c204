package org.stratafed.server.engine.transaction.outbound;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.stratafed.api.layer.transport.TransportLayer;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.PendingPdu;

/// Carries out what one destination's [DestinationQueue] decides, and tells it how that went.
final class DestinationDriver {

    /// How much an operator is shown of a sentence that has the destination's words in it.
    private static final int TOLD_CHARS_MAX = 300;

    private final HomeserverEnvironment environment;
    private final ServerName local;
    private final TransportLayer transport;
    private final Sealing sealing;
    private final SendingSlots slots;
    private final ServerName destination;
    private final DestinationQueue queue;

    private boolean hasSlot;
    private Cancellable timer = () -> {};

    DestinationDriver(
            HomeserverEnvironment environment,
            ServerName local,
            TransportLayer transport,
            Sealing sealing,
            SendingSlots slots,
            ServerName destination) {
        this.environment = environment;
        this.local = local;
        this.transport = transport;
        this.sealing = sealing;
        this.slots = slots;
        this.destination = destination;
        this.queue = new DestinationQueue(new Backoff(environment.random()));
    }

    void wake() {
        turn(() -> carryOut(queue.onWake()));
    }

    void onSignOfLife() {
        turn(() -> carryOut(queue.onSignOfLife(now())));
    }

    /// Its turn to send has come.
    void onSlot() {
        hasSlot = true;
        turn(() -> when(sealing.load(destination), batch -> carryOut(queue.onLoaded(batch))));
    }

    boolean isResting() {
        return queue.isResting();
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.Load _ -> {
                timer.cancel();
                giveSlotBack();
                slots.request(this);
            }
            case Decision.Send(var batch) -> send(batch);
            case Decision.Acknowledge(var batch, var more) -> acknowledge(batch, more);
            case Decision.WaitUntil(var instant) -> {
                giveSlotBack();
                waitUntil(instant);
            }
            case Decision.Idle _ -> giveSlotBack();
            case Decision.Unchanged _ -> {}
        }
    }

    private void send(Batch batch) {
        when(
                transport.ask(destination, SendTransaction.ENDPOINT, batch.transaction(local)),
                response -> {
                    tellOfRefusedEvents(batch, response);
                    carryOut(queue.onDelivered());
                });
    }

    private void acknowledge(Batch batch, boolean more) {
        when(
                sealing.acknowledge(destination, batch, more),
                next -> carryOut(queue.onAcknowledged(next, slots.areWaitedFor())));
    }

    private void waitUntil(Instant instant) {
        timer.cancel();
        timer =
                environment
                        .timers()
                        .after(Duration.between(now(), instant))
                        .subscribe()
                        .with(
                                _ -> turn(() -> carryOut(queue.onTimer())),
                                failure -> turn(() -> onFailure(failure)));
    }

    private void giveSlotBack() {
        if (hasSlot) {
            hasSlot = false;
            slots.giveBack();
        }
    }

    private <T> void when(Uni<T> answer, Consumer<T> then) {
        answer.subscribe()
                .with(
                        item -> turn(() -> then.accept(item)),
                        failure -> turn(() -> onFailure(failure)));
    }

    private void onFailure(Throwable failure) {
        if (failure instanceof RemoteFailure remote) {
            carryOut(queue.onFailed(remote, now()));
            tellOf(remote);
        } else {
            onDefect(failure);
        }
    }

    /// A defect ends the turn, not the queue: it would stall for ever.
    private void turn(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            onDefect(defect);
        }
    }

    private void onDefect(Throwable defect) {
        environment.telemetry().defect("sending to " + destination, defect);
        carryOut(queue.onDefect(now()));
    }

    /// A destination that is away is news once; one that answers and doesn't take the batch is
    /// every time, since waiting may not be enough.
    private void tellOf(RemoteFailure failure) {
        var isNews =
                switch (failure) {
                    case RemoteFailure.Unreachable _, RemoteFailure.TimedOut _ ->
                            queue.failures() == 1;
                    case RemoteFailure.Refused _, RemoteFailure.Garbled _ -> true;
                };
        if (isNews) {
            tell("It did not take a transaction, and will get it again: " + failure.getMessage());
        }
    }

    /// An event that the destination doesn't take is its own business, and isn't sent again.
    private void tellOfRefusedEvents(Batch batch, TransactionResponse response) {
        for (PendingPdu pdu : batch.contents()) {
            response.pdus()
                    .getOrDefault(pdu.event(), Optional.empty())
                    .ifPresent(error -> tell("It did not take " + pdu.event() + ": " + error));
        }
    }

    private void tell(String what) {
        var shown = what.substring(0, Math.min(what.length(), TOLD_CHARS_MAX));
        environment.telemetry().peer(destination, shown);
    }

    private Instant now() {
        return environment.clock().instant();
    }
}
