package org.stratafed.server.engine.transaction.outbound;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how transactions are sent.
public final class OutboundFaults {

    private OutboundFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "a retry with a new id",
                        "Batch.resumed",
                        NewIdOnRetry.class,
                        200,
                        "was not sent"),
                planted(
                        "a retry with less in it",
                        "Batch.resumed",
                        LessOnRetry.class,
                        200,
                        "the same transaction with another content"),
                planted(
                                "a batch that failed is taken for delivered",
                                "DestinationQueue.onFailed",
                                FailureIsDelivery.class,
                                10,
                                "has never got")
                        .in("outage/crashes"),
                planted(
                                "after a restart nothing is sent",
                                "OutboundTransactions.wakeGently",
                                Sleeps.class,
                                10,
                                "has something to send to")
                        .in("outage/crashes"),
                planted(
                        "events are sent newest first",
                        "Batch.transaction",
                        NewestFirst.class,
                        200,
                        "has an event before one that it comes after"),
                planted(
                        "what is pending is not looked for after a delivery",
                        "DestinationQueue.onDelivered",
                        NoMore.class,
                        200,
                        "has something to send to"),
                planted(
                        "all transactions of a minute have one id",
                        "TransactionIds.next",
                        OfTheMinute.class,
                        200,
                        "the same transaction with another content"),
                planted(
                        "a destination that failed is given up for days",
                        "Backoff.onFailure",
                        WaitsForDays.class,
                        200,
                        "has something to send to"));
    }

    static final class NewIdOnRetry {
        static Batch resumed(SealedBatch sealed, List<PendingPdu> contents) {
            var id = new TransactionId(sealed.id().value() + "-again");
            var again =
                    new SealedBatch(
                            id,
                            sealed.originServerTs(),
                            sealed.after(),
                            sealed.end(),
                            sealed.edus());
            return new Batch(again, List.copyOf(contents), false);
        }
    }

    static final class LessOnRetry {
        static Batch resumed(SealedBatch sealed, List<PendingPdu> contents) {
            return new Batch(sealed, List.copyOf(contents.subList(0, contents.size() / 2)), false);
        }
    }

    static final class FailureIsDelivery {
        static Decision onFailed(@This DestinationQueue queue) {
            return queue.onDelivered();
        }
    }

    static final class WaitsForDays {
        static Duration onFailure() {
            return Duration.ofDays(3);
        }
    }

    static final class Sleeps {
        static void wake() {}
    }

    static final class NewestFirst {
        static Transaction transaction(@SuperCall Callable<Transaction> original) throws Exception {
            var sound = original.call();
            return new Transaction(
                    sound.id(),
                    sound.origin(),
                    sound.originServerTs(),
                    sound.pdus().reversed(),
                    sound.edus());
        }
    }

    static final class OfTheMinute {
        static TransactionId next(@SuperCall Callable<TransactionId> original) throws Exception {
            long millis = Long.parseLong(original.call().value().split("-")[0], 36);
            return new TransactionId(String.valueOf(millis / 60_000));
        }
    }

    static final class NoMore {
        static Decision onDelivered(@SuperCall Callable<Decision> original) throws Exception {
            return original.call() instanceof Decision.Acknowledge(var batch, _)
                    ? new Decision.Acknowledge(batch, false)
                    : original.call();
        }
    }
}
