package org.stratafed.server.engine.transaction.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how transactions are received.
public final class InboundFaults {

    private InboundFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                                "a transaction that comes twice at once is processed twice",
                                "InWork.find",
                                ForgetsWhatIsInWork.class,
                                10,
                                "processed transaction")
                        .in("deduplication/doubled"),
                planted(
                        "of several events of a room one is taken",
                        "PdusByRoom.of",
                        OneEvent.class,
                        200,
                        "are answered"),
                planted(
                        "an acknowledgement before the commit",
                        "InboundTransactions.take",
                        AnswersAtOnce.class,
                        200,
                        "are answered"),
                planted(
                                "a transaction may be another server's, or of any size",
                                "TransactionLimits.violation",
                                Nothing.class,
                                5,
                                "took a request: it says it is from")
                        .in("hostile/forged-transaction"));
    }

    static final class ForgetsWhatIsInWork {
        static Optional<Uni<TransactionResponse>> find() {
            return Optional.empty();
        }
    }

    static final class Nothing {
        static Optional<MatrixException> violation() {
            return Optional.empty();
        }
    }

    static final class AnswersAtOnce {
        static Uni<byte[]> take(@SuperCall Callable<Uni<byte[]>> original) throws Exception {
            original.call().subscribe().with(_ -> {}, _ -> {});
            return Uni.createFrom().item("{\"pdus\":{}}".getBytes(UTF_8));
        }
    }

    static final class OneEvent {
        static PdusByRoom of(@SuperCall Callable<PdusByRoom> original) throws Exception {
            var all = original.call();
            all.rooms().replaceAll((_, pdus) -> pdus.subList(0, 1));
            return all;
        }
    }
}
