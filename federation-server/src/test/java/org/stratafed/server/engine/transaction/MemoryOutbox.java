package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.OutboxStore;
import org.stratafed.api.spi.store.PendingPdu;
import org.stratafed.api.spi.store.SealedBatch;

/// An outbox in memory, which outlives the services over it, and writes down what is written.
public final class MemoryOutbox implements OutboxStore {

    private static final RoomId ROOM = new RoomId("!room:alpha");

    private final ManualLoop loop;
    private final Map<ServerName, List<PendingPdu>> log = new LinkedHashMap<>();
    private final Map<ServerName, Long> acknowledged = new LinkedHashMap<>();
    private final Map<ServerName, SealedBatch> sealed = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private long position;
    private boolean isBroken;

    public MemoryOutbox(ManualLoop loop) {
        this.loop = loop;
    }

    /// Adds events for the destination, which are called `$<position>`.
    public void add(ServerName destination, int count) {
        for (int i = 0; i < count; i++) {
            position++;
            log.computeIfAbsent(destination, _ -> new ArrayList<>())
                    .add(
                            new PendingPdu(
                                    position,
                                    ROOM,
                                    new EventId("$" + position),
                                    new RawPdu(
                                            JsonObject.builder()
                                                    .put("position", position)
                                                    .build())));
        }
    }

    /// From now on, every call fails, or none does any more.
    public void setBroken(boolean isBroken) {
        this.isBroken = isBroken;
    }

    public List<String> calls() {
        return calls;
    }

    public List<String> writes() {
        return calls.stream().filter(call -> call.matches("(seal|acknowledge) .*")).toList();
    }

    @Override
    public Uni<List<ServerName>> pendingDestinations() {
        return answer(
                "pendingDestinations",
                () ->
                        log.keySet().stream()
                                .filter(it -> sealed.containsKey(it) || !open(it).isEmpty())
                                .toList());
    }

    @Override
    public Uni<Optional<SealedBatch>> sealed(ServerName destination) {
        return answer("sealed", () -> Optional.ofNullable(sealed.get(destination)));
    }

    @Override
    public Uni<List<PendingPdu>> pending(ServerName destination, int max) {
        return answer("pending " + max, () -> open(destination).stream().limit(max).toList());
    }

    @Override
    public Uni<List<PendingPdu>> contents(ServerName destination, SealedBatch batch) {
        return answer(
                "contents",
                () ->
                        log.getOrDefault(destination, List.of()).stream()
                                .filter(it -> it.position() > batch.after())
                                .filter(it -> it.position() <= batch.end())
                                .toList());
    }

    @Override
    public Uni<Void> seal(ServerName destination, SealedBatch batch) {
        return answer(
                "seal " + span(batch),
                () -> {
                    if (sealed.putIfAbsent(destination, batch) != null) {
                        throw new IllegalStateException("a batch is sealed already");
                    }
                    return null;
                });
    }

    @Override
    public Uni<Void> acknowledge(
            ServerName destination, SealedBatch batch, Optional<SealedBatch> next) {
        return answer(
                "acknowledge " + span(batch) + next.map(it -> " seal " + span(it)).orElse(""),
                () -> {
                    if (!sealed.remove(destination, batch)) {
                        throw new IllegalStateException("that batch isn't sealed");
                    }
                    acknowledged.put(destination, batch.end());
                    next.ifPresent(it -> sealed.put(destination, it));
                    return null;
                });
    }

    private <T> Uni<T> answer(String call, Supplier<T> work) {
        return loop.later(
                () -> {
                    if (isBroken) {
                        throw new IllegalStateException("the disk is full");
                    }
                    calls.add(call);
                    return work.get();
                });
    }

    private List<PendingPdu> open(ServerName destination) {
        return log.getOrDefault(destination, List.of()).stream()
                .filter(it -> it.position() > acknowledged.getOrDefault(destination, 0L))
                .toList();
    }

    private static String span(SealedBatch batch) {
        return "(" + batch.after() + "," + batch.end() + "]";
    }
}
