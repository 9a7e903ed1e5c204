package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Timers;

/// Servers that a room may be entered through.
record Candidates(RoomId room, List<ServerName> servers) {

    static final int SERVERS_MAX = 10;

    static Candidates of(List<ServerName> via, ServerName local, RoomId room) {
        return new Candidates(
                room,
                via.stream()
                        .distinct()
                        .filter(name -> !name.equals(local))
                        .limit(SERVERS_MAX)
                        .toList());
    }

    /// The answer of the first that helps. If none does, of their failures the one that tells a
    /// client most: what a server said rather than that one said nothing.
    <T> Uni<T> firstThat(Function<ServerName, Uni<T>> helps) {
        return ifAny(() -> next(helps, 0));
    }

    /// Several are asked at once, and with the first answer one goes on; with another one only when
    /// that came to nothing. The failure is told as above.
    <T, R> Uni<R> race(
            Timers timers,
            Function<ServerName, Uni<T>> asks,
            BiFunction<ServerName, T, Uni<R>> goesOn) {
        return ifAny(() -> new Race<>(servers, timers, asks, goesOn).run());
    }

    private <T> Uni<T> ifAny(Supplier<Uni<T>> entering) {
        return servers.isEmpty()
                ? Uni.createFrom()
                        .failure(
                                MatrixException.notFound(
                                        "no server is known to enter room " + room + " through"))
                : entering.get()
                        .onFailure(RemoteFailure.class)
                        .transform(failure -> PeerAnswers.forClients(failure));
    }

    private <T> Uni<T> next(Function<ServerName, Uni<T>> helps, int index) {
        return helps.apply(servers.get(index))
                .onFailure(failure -> isWorthAnother(failure) && index + 1 < servers.size())
                .recoverWithUni(
                        failure ->
                                next(helps, index + 1)
                                        .onFailure(Candidates::isWorthAnother)
                                        .transform(later -> telling(failure, later)));
    }

    static boolean isWorthAnother(Throwable failure) {
        return failure instanceof RemoteFailure || failure instanceof MatrixException;
    }

    static Throwable telling(Throwable failure, Throwable later) {
        return isWord(later) || !isWord(failure) ? later : failure;
    }

    private static boolean isWord(Throwable failure) {
        return failure instanceof RemoteFailure.Refused || failure instanceof MatrixException;
    }
}
