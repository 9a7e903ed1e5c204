package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.subscription.UniEmitter;
import org.stratafed.server.store.sql.SqlSession;
import org.stratafed.server.store.sql.SqlWork;

/// Work that waits for its turn on a connection, and its answer until that may be given.
final class Command<T> {

    private final SqlWork<T> work;
    private final UniEmitter<? super T> emitter;
    private T answer;
    private Throwable failure;

    Command(SqlWork<T> work, UniEmitter<? super T> emitter) {
        this.work = work;
        this.emitter = emitter;
    }

    /// Does the work and keeps the answer; throws what the work throws, and keeps that as well.
    void run(SqlSession session) throws Throwable {
        try {
            answer = work.run(session);
        } catch (Throwable thrown) {
            failure = thrown;
            throw thrown;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    /// Forgets the answer: what the work did has not taken effect. Its own failure is kept.
    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /// Gives the answer, or the failure. To be called on the engine loop.
    void complete() {
        if (failure == null) {
            emitter.complete(answer);
        } else {
            emitter.fail(failure);
        }
    }
}
