package org.stratafed.simulator.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.store.DiskFull;
import org.stratafed.simulator.store.RoomTable;

/// A client that follows its user's rooms: it asks for what is new, waits while nothing is, and
/// asks again from where the last answer ended. It outlives its server's crashes.
///
/// Whatever it is told has to be whole and in order; and when nothing is under way, it has to know
/// of each room what its server knows.
public final class Follower implements Observer {

    private static final DeviceId DEVICE = new DeviceId("FOLLOWER");
    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final SimServer server;
    private final UserId user;
    private final Map<RoomId, FollowedRoom> rooms = new LinkedHashMap<>();
    private Optional<String> since = Optional.empty();
    private boolean isWaiting;

    /// Counts the server's lives, and so does away with what was asked in an earlier one.
    private int life;

    private Follower(Simulation simulation, SimServer server, UserId user) {
        this.simulation = simulation;
        this.server = server;
        this.user = user;
    }

    /// Has the user's client follow, from now to the end of the run.
    public static void begin(Simulation simulation, UserId user) {
        var server = simulation.server(user.server());
        var follower = new Follower(simulation, server, user);
        simulation.observe(follower);
        if (server.isUp()) {
            follower.ask();
        }
    }

    @Override
    public void onStart(SimServer started) {
        if (started == server) {
            ask();
        }
    }

    @Override
    public void onCrash(SimServer crashed) {
        if (crashed == server) {
            life++;
            isWaiting = false;
        }
    }

    /// The server knows nothing any more of what it said since.
    @Override
    public void onRestore(SimServer restored) {
        if (restored == server) {
            since = Optional.empty();
            rooms.clear();
        }
    }

    private void ask() {
        isWaiting = since.isPresent();
        int asked = life;
        var request = new SyncRequest(user, DEVICE, since, WAIT, false, SyncFilter.ALL);
        server.messaging()
                .timeline()
                .sync(request)
                .subscribe()
                .with(
                        answer -> {
                            if (life == asked) {
                                take(answer);
                            }
                        },
                        failure -> {
                            if (life == asked) {
                                fail(failure);
                            }
                        });
    }

    private void take(SyncAnswer answer) {
        answer.join().forEach((id, update) -> room(id).take(update, true));
        answer.leave().forEach((id, update) -> room(id).take(update, false));
        since = Optional.of(answer.nextBatch());
        ask();
    }

    private FollowedRoom room(RoomId id) {
        return rooms.computeIfAbsent(
                id, _ -> new FollowedRoom(simulation.violations(), server, user, id));
    }

    private void fail(Throwable failure) {
        isWaiting = false;
        if (!DiskFull.isCauseOf(failure)) {
            simulation.violations().add(user + " can't follow", failure);
            return;
        }
        int failed = life;
        simulation
                .time()
                .schedule(
                        VirtualTime.Kind.TIMER,
                        PAUSE.toNanos(),
                        () -> {
                            if (life == failed) {
                                ask();
                            }
                        });
    }

    @Override
    public void onQuiet(Simulation now) {
        if (isWaiting) {
            server.disk().rooms().stream().filter(RoomTable::isHeld).forEach(this::check);
        }
    }

    private void check(RoomTable room) {
        if (room.members(server.name()).contains(user)) {
            room(room.id()).checkUpToDate(room);
        } else if (rooms.containsKey(room.id())) {
            rooms.get(room.id()).checkLeft();
        }
    }
}
