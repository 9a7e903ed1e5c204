package org.stratafed.server.engine.messaging.call;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The same done for each of many, a few at a time, answered in the order given.
public final class InBatches {

    private InBatches() {}

    public static <T, R> Uni<List<R>> of(List<T> items, int atOnce, Function<T, Uni<R>> work) {
        return from(items, 0, atOnce, work, new ArrayList<>());
    }

    private static <T, R> Uni<List<R>> from(
            List<T> items, int done, int atOnce, Function<T, Uni<R>> work, List<R> answers) {
        if (done == items.size()) {
            return Uni.createFrom().item(List.copyOf(answers));
        }
        int end = Math.min(items.size(), done + atOnce);
        var batch = items.subList(done, end).stream().map(work).toList();
        return Uni.join()
                .all(batch)
                .andFailFast()
                .chain(
                        batchAnswers -> {
                            answers.addAll(batchAnswers);
                            return from(items, end, atOnce, work, answers);
                        });
    }
}
