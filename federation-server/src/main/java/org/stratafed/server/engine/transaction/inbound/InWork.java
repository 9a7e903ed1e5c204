package org.stratafed.server.engine.transaction.inbound;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// The transactions being worked on. One that comes again meanwhile gets the answer of the first.
final class InWork {

    private final Map<ServerName, Map<TransactionId, Uni<TransactionResponse>>> origins =
            new LinkedHashMap<>();

    private int count;

    /// The answer to the transaction, if it is in work.
    Optional<Uni<TransactionResponse>> find(ServerName origin, TransactionId transaction) {
        return Optional.ofNullable(origins.get(origin)).map(those -> those.get(transaction));
    }

    boolean isFull(ServerName origin) {
        var those = origins.get(origin);
        return count >= TransactionLimits.IN_WORK_MAX
                || those != null && those.size() >= TransactionLimits.IN_WORK_PER_ORIGIN_MAX;
    }

    /// Starts the work, and forgets it when it is done. Who asked may go away; the work goes on.
    Uni<TransactionResponse> start(
            ServerName origin,
            TransactionId transaction,
            Supplier<Uni<? extends TransactionResponse>> work) {
        var answer =
                Uni.createFrom()
                        .<TransactionResponse>deferred(work)
                        .onTermination()
                        .invoke(() -> remove(origin, transaction))
                        .memoize()
                        .indefinitely();
        origins.computeIfAbsent(origin, _ -> new LinkedHashMap<>()).put(transaction, answer);
        count++;
        answer.subscribe().with(_ -> {}, _ -> {});
        return answer;
    }

    private void remove(ServerName origin, TransactionId transaction) {
        var those = origins.get(origin);
        those.remove(transaction);
        if (those.isEmpty()) {
            origins.remove(origin);
        }
        count--;
    }
}
