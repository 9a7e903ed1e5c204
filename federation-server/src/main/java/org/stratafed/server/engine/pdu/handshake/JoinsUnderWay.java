package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.server.engine.pdu.arrival.JoinProgress;
import org.stratafed.server.engine.pdu.room.Promise;

/// The joins through other servers that go on now, one for each user and room: who asks for one
/// again gets the one that there is.
final class JoinsUnderWay {

    static final int JOINS_MAX = 1_000;

    private final Map<Whose, Running> running = new LinkedHashMap<>();

    private record Whose(RoomId room, UserId user) {}

    private record Running(JoinProgress progress, Uni<EventId> outcome) {}

    /// The join that goes on, or else this one, begun.
    Uni<EventId> joined(
            RoomId room, UserId user, JoinProgress progress, Supplier<Uni<EventId>> join) {
        var whose = new Whose(room, user);
        var already = Optional.ofNullable(running.get(whose));
        if (already.isPresent()) {
            return already.get().outcome();
        }
        if (running.size() >= JOINS_MAX) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.LIMIT_EXCEEDED,
                                    "too many rooms are being joined"));
        }
        var outcome = new Promise<EventId>();
        running.put(whose, new Running(progress, outcome.uni()));
        Uni.createFrom()
                .deferred(join::get)
                .onTermination()
                .invoke(() -> running.remove(whose))
                .subscribe()
                .with(outcome::complete, outcome::fail);
        return outcome.uni();
    }

    /// How far those of this user are.
    List<JoinUnderWay> of(UserId user) {
        return running.entrySet().stream()
                .filter(entry -> entry.getKey().user().equals(user))
                .map(entry -> entry.getValue().progress().now())
                .toList();
    }
}
