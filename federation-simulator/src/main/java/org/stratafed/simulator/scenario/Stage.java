package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.network.Exchange;
import org.stratafed.simulator.store.DiskFull;

/// Where the steps of one run act: its simulation, what they have named, and what they have begun.
public final class Stage {

    private final Simulation simulation;
    private final SequencedMap<String, RoomId> rooms = new LinkedHashMap<>();
    private final SequencedMap<Long, Deed> underWay = new LinkedHashMap<>();
    private final List<UserId> users = new ArrayList<>();
    private final Postbag postbag = new Postbag();
    private final ShownTexts shown = new ShownTexts();
    private final Map<UserId, List<Pdu>> read = new LinkedHashMap<>();
    private final Set<EventId> orphans = new LinkedHashSet<>();
    private final Map<Class<?>, Object> kept = new LinkedHashMap<>();
    private long deeds;
    private long awaited;
    private int comingUp;
    private int numbers;

    Stage(Simulation simulation) {
        this.simulation = simulation;
        simulation.observe(postbag);
        simulation.observe(shown);
    }

    private record Deed(String what, SimServer at) {}

    public Simulation simulation() {
        return simulation;
    }

    /// Lets everything come to rest.
    public void settle() {
        Settling.settle(this);
    }

    public SimServer server(String name) {
        return simulation.server(new ServerName(name));
    }

    void nameRoom(String alias, RoomId room) {
        rooms.put(alias, room);
    }

    /// The room of this name; the only one there is if the name is empty.
    public RoomId room(String alias) {
        if (alias.isEmpty()) {
            return rooms.firstEntry().getValue();
        }
        return Optional.ofNullable(rooms.get(alias))
                .orElseThrow(() -> new IllegalArgumentException("no room " + alias));
    }

    Optional<RoomId> findRoom(String alias) {
        return Optional.ofNullable(rooms.get(alias));
    }

    /// The transactions that were sent, to be sent again.
    Postbag postbag() {
        return postbag;
    }

    /// Makes an account known at its server, unless it is already.
    public void register(UserId user, Runnable then) {
        if (users.contains(user)) {
            then.run();
            return;
        }
        var server = simulation.server(user.server());
        perform(
                "register " + user,
                server,
                server.messaging().profiles().register(user),
                _ -> {
                    users.add(user);
                    then.run();
                },
                failure -> {
                    // The server told nobody that it had registered the user, and crashed.
                    if (DiskFull.isCauseOf(failure)) {
                        return;
                    }
                    if (failure instanceof MatrixException answer
                            && answer.code() == MatrixErrorCode.USER_IN_USE) {
                        users.add(user);
                        then.run();
                    } else {
                        simulation.violations().add("register " + user, failure);
                    }
                });
    }

    /// Begins something at a server. Whoever waits for the step waits until it has ended; if it
    /// fails, the run does. If the server crashes, nobody gets to know.
    public <T> void perform(String what, SimServer at, Uni<T> call, Consumer<T> then) {
        perform(
                what,
                at,
                call,
                then,
                failure -> simulation.violations().add(what + " failed", failure));
    }

    /// The same, with somebody who takes it if it fails.
    public <T> void perform(
            String what, SimServer at, Uni<T> call, Consumer<T> then, Consumer<Throwable> failed) {
        long number = deeds++;
        var deed = new Deed(what, at);
        underWay.put(number, deed);
        call.subscribe()
                .with(
                        result -> {
                            if (underWay.remove(number) != null) {
                                then.accept(result);
                            }
                        },
                        failure -> {
                            if (underWay.remove(number) != null) {
                                failed.accept(failure);
                            }
                        });
    }

    /// From now on nobody waits for what was begun so far.
    void letGo() {
        awaited = deeds;
    }

    /// Whether everything has ended that the current step began.
    boolean isStepDone() {
        return underWay.isEmpty() || underWay.lastEntry().getKey() < awaited;
    }

    /// Whether everything that was to be done later has begun.
    boolean isEverythingBegun() {
        return comingUp == 0;
    }

    boolean isEverythingDone() {
        return underWay.isEmpty() && comingUp == 0;
    }

    /// Does something at a later moment, which no step waits for.
    public void later(Duration delay, Runnable action) {
        comingUp++;
        simulation
                .time()
                .schedule(
                        VirtualTime.Kind.TIMER,
                        delay.toNanos(),
                        () -> {
                            comingUp--;
                            action.run();
                        });
    }

    /// Another one each time.
    public int nextNumber() {
        return numbers++;
    }

    public Duration now() {
        return simulation.time().now();
    }

    ShownTexts shown() {
        return shown;
    }

    /// What a user has read of a room, in the order read.
    List<Pdu> read(UserId user) {
        return read.computeIfAbsent(user, _ -> new ArrayList<>());
    }

    /// Events that cite what nobody has, so that they may wait for it forever.
    public Set<EventId> orphans() {
        return orphans;
    }

    /// What steps leave for later ones: one of each kind, made when it is first asked for.
    public <T> T kept(Class<T> kind, Supplier<T> first) {
        return kind.cast(kept.computeIfAbsent(kind, _ -> first.get()));
    }

    /// What a step has left of that kind, if one has.
    public <T> Optional<T> find(Class<T> kind) {
        return Optional.ofNullable(kept.get(kind)).map(kind::cast);
    }

    List<String> underWay() {
        return underWay.values().stream().map(Deed::what).toList();
    }

    /// Ends a server in the middle of whatever it does. Nobody waits for that any more.
    public void crash(SimServer server) {
        server.crash();
        underWay.values().removeIf(deed -> deed.at() == server);
    }

    /// A server that is down gets back what it had when it was backed up last.
    public void restoreBackup(SimServer server) {
        server.restoreBackup();
        users.removeIf(user -> user.server().equals(server.name()));
    }

    static boolean isTransaction(Exchange exchange) {
        return exchange.path().startsWith("/_matrix/federation/v1/send/");
    }
}
