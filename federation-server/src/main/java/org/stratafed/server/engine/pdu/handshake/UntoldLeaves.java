package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.UntoldLeave;

/// Rejected invites and knocks that were taken back while no server of the room was to be had. The
/// user is rid of them; the room is told later: durably, after growing pauses, until one of its
/// servers has the leave, or all have refused it for good, or the user is something else to the
/// room by now.
final class UntoldLeaves {

    /// Kept in mind at one time. What is beyond these comes up with the next start.
    static final int LEAVES_MAX = 1_000;

    /// More than three days.
    static final int TRIES_MAX = 100;

    static final Duration PAUSE_FIRST = Duration.ofMinutes(1);
    static final Duration PAUSE_MAX = Duration.ofHours(1);

    private final HomeserverEnvironment environment;
    private final LeaveHandshake handshake;

    /// Which of a user's leaves is waited with.
    private final Map<Whose, UntoldLeave> waiting = new LinkedHashMap<>();

    UntoldLeaves(HomeserverEnvironment environment, LeaveHandshake handshake) {
        this.environment = environment;
        this.handshake = handshake;
    }

    private record Whose(UserId user, RoomId room) {}

    /// Takes up what was left when the server stopped.
    void start() {
        environment
                .stores()
                .directory()
                .untold(LEAVES_MAX)
                .subscribe()
                .with(leaves -> leaves.forEach(this::await), this::isDefect);
    }

    /// Completes when it is certain that it will be tried. That comes before the user's leave is
    /// recorded: if that doesn't happen any more, nothing will have been promised.
    Uni<Void> tellLater(
            UserId user,
            RoomId room,
            RoomVersion version,
            List<ServerName> servers,
            JsonObject content) {
        var leave = new UntoldLeave(user, room, version, servers, content, 1, nextTry(PAUSE_FIRST));
        return environment.stores().directory().saveUntold(leave).invoke(() -> await(leave));
    }

    /// A server of the room has it from the user themselves by now.
    Uni<Void> isTold(UserId user, RoomId room) {
        return waiting.remove(new Whose(user, room)) == null
                ? Uni.createFrom().voidItem()
                : environment.stores().directory().removeUntold(user, room);
    }

    private long nextTry(Duration pause) {
        return environment.clock().instant().plus(pause).toEpochMilli();
    }

    private void await(UntoldLeave leave) {
        var whose = new Whose(leave.user(), leave.room());
        if (waiting.size() >= LEAVES_MAX && !waiting.containsKey(whose)) {
            return;
        }
        waiting.put(whose, leave);
        var pause = Math.max(0, leave.nextTryTs() - environment.clock().millis());
        environment
                .timers()
                .after(Duration.ofMillis(pause))
                .chain(() -> due(whose, leave))
                .subscribe()
                .with(_ -> {}, this::isDefect);
    }

    private void isDefect(Throwable failure) {
        environment.telemetry().defect("telling a room of a leave", failure);
    }

    /// Unless another leave took its place meanwhile.
    private Uni<Void> due(Whose whose, UntoldLeave leave) {
        if (waiting.get(whose) != leave) {
            return Uni.createFrom().voidItem();
        }
        return hasStillLeft(leave)
                .chain(left -> left ? tell(leave) : Uni.createFrom().item(List.<ServerName>of()))
                .chain(open -> settle(whose, leave, open));
    }

    private Uni<Boolean> hasStillLeft(UntoldLeave leave) {
        return environment
                .stores()
                .timeline()
                .memberships(leave.user())
                .map(
                        all ->
                                all.stream()
                                        .filter(it -> it.room().equals(leave.room()))
                                        .anyMatch(
                                                it ->
                                                        it.membership().equals("leave")
                                                                && !it.inRoom()));
    }

    /// Answers the servers that may still be told.
    private Uni<List<ServerName>> tell(UntoldLeave leave) {
        var rules = RoomVersionRules.of(leave.version());
        return rules.isEmpty()
                ? Uni.createFrom().item(List.of())
                : handshake
                        .tell(
                                new LeaveHandshake.Leaving(
                                        leave.room(), rules.get(), leave.user(), leave.content()),
                                leave.servers())
                        .map(LeaveHandshake.Told::open);
    }

    private Uni<Void> settle(Whose whose, UntoldLeave leave, List<ServerName> open) {
        if (waiting.get(whose) != leave) {
            return Uni.createFrom().voidItem();
        }
        waiting.remove(whose);
        var directory = environment.stores().directory();
        if (open.isEmpty() || leave.tries() + 1 >= TRIES_MAX) {
            return directory.removeUntold(leave.user(), leave.room());
        }
        var next = leave.later(open, nextTry(pause(leave.tries() + 1)));
        return directory.saveUntold(next).invoke(() -> await(next));
    }

    /// After so many tries.
    private static Duration pause(int tries) {
        var doublings =
                Math.min(tries - 1, Long.SIZE - Long.numberOfLeadingZeros(PAUSE_MAX.toMinutes()));
        var pause = PAUSE_FIRST.multipliedBy(1L << doublings);
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }
}
