package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.UserId;

/// Those who wait for something to happen, by user.
final class Waiters {

    static final int WAITERS_MAX = 50_000;
    static final int WAITERS_PER_USER_MAX = 20;

    private final SequencedMap<UserId, SequencedSet<Waiter>> waiters = new LinkedHashMap<>();
    private int count;

    /// Empty if there are too many already: then there is no waiting. A user's eldest waiter makes
    /// room for a new one of theirs.
    Optional<Waiter> enter(UserId user) {
        if (count >= WAITERS_MAX) {
            return Optional.empty();
        }
        var ofUser = waiters.computeIfAbsent(user, _ -> new LinkedHashSet<>());
        if (ofUser.size() >= WAITERS_PER_USER_MAX) {
            ofUser.getFirst().dismiss();
        }
        var waiter = new Waiter(user);
        ofUser.add(waiter);
        count++;
        return Optional.of(waiter);
    }

    void leave(Waiter waiter) {
        var ofUser = waiters.get(waiter.user);
        if (ofUser != null && ofUser.remove(waiter)) {
            count--;
            if (ofUser.isEmpty()) {
                waiters.remove(waiter.user);
            }
        }
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    void wake(Collection<UserId> users) {
        for (var user : users) {
            List.copyOf(waiters.getOrDefault(user, new LinkedHashSet<>())).forEach(Waiter::wake);
        }
    }

    void wakeAll() {
        wake(new ArrayList<>(waiters.sequencedKeySet()));
    }

    /// One who waits. Woken before it waits, it doesn't wait; so nothing is missed between its
    /// reading and its waiting.
    static final class Waiter {

        private final UserId user;
        private boolean isWoken;
        private boolean isDismissed;
        private Optional<UniEmitter<? super Void>> waiting = Optional.empty();

        private Waiter(UserId user) {
            this.user = user;
        }

        /// From here on it is to be woken by what happens.
        void listen() {
            isWoken = isDismissed;
        }

        /// Completes once something happened since it began to listen.
        Uni<Void> woken() {
            return Uni.createFrom()
                    .emitter(
                            emitter -> {
                                if (isWoken) {
                                    emitter.complete(null);
                                } else {
                                    waiting = Optional.of(emitter);
                                }
                            });
        }

        boolean isDismissed() {
            return isDismissed;
        }

        private void dismiss() {
            isDismissed = true;
            wake();
        }

        private void wake() {
            isWoken = true;
            var emitter = waiting;
            waiting = Optional.empty();
            emitter.ifPresent(it -> it.complete(null));
        }
    }
}
