package org.stratafed.server.store.sqlite;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.stratafed.server.store.sql.SqlWork;

/// Work on its way from the engine loop to the threads that do it.
///
/// It has a bound, beyond which work fails instead of waiting. Once closed it takes no more, and
/// still gives out what it has.
final class CommandQueue {

    private final String name;
    private final int commandsMax;
    private final Executor completions;
    private final Queue<Command<?>> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasChanged = lock.newCondition();
    private boolean isClosed;

    /// @param completions where answers are given: the engine loop
    CommandQueue(String name, int commandsMax, Executor completions) {
        this.name = name;
        this.commandsMax = commandsMax;
        this.completions = completions;
    }

    /// Queues the work, with each subscription anew.
    <T> Uni<T> submit(SqlWork<T> work) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            var command = new Command<T>(work, emitter);
                            Optional<String> refusal = offer(command);
                            if (refusal.isPresent()) {
                                command.fail(new RejectedExecutionException(refusal.get()));
                                complete(command);
                            }
                        });
    }

    /// Gives the answer on the engine loop, after this call. Once the loop has ended nobody is left
    /// to be answered, and what is still to be done is done all the same.
    void complete(Command<?> command) {
        try {
            completions.execute(command::complete);
        } catch (RejectedExecutionException _) {
            // The loop takes nothing more.
        }
    }

    private Optional<String> offer(Command<?> command) {
        lock.lock();
        try {
            if (isClosed) {
                return Optional.of(name + " is closed");
            }
            if (waiting.size() == commandsMax) {
                return Optional.of(name + " has " + commandsMax + " commands waiting");
            }
            waiting.add(command);
            hasChanged.signal();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// The next command, as soon as there is one; none once the queue is closed and empty.
    Optional<Command<?>> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !isClosed) {
                hasChanged.awaitUninterruptibly();
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /// The next command, if there is one now.
    Optional<Command<?>> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosed = true;
            hasChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
