package org.stratafed.server.engine.transaction;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.layer.transaction.TransactionHandler;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;

/// A layer above that decides as the test says, and accepts what the test says nothing of. The id
/// of an event is its member `id`.
public final class ScriptedHandler implements TransactionHandler {

    private final ManualLoop loop;
    private final List<String> calls = new ArrayList<>();
    private final Map<EventId, PduOutcome> outcomes = new LinkedHashMap<>();
    private final Map<RoomId, RuntimeException> failures = new LinkedHashMap<>();
    private Optional<RoomQueryHandler> rooms = Optional.empty();
    private boolean failsEdus;

    public ScriptedHandler(ManualLoop loop) {
        this.loop = loop;
    }

    public List<String> calls() {
        return calls;
    }

    public void outcome(String event, PduOutcome outcome) {
        outcomes.put(new EventId(event), outcome);
    }

    public void failure(String room, RuntimeException failure) {
        failures.put(new RoomId(room), failure);
    }

    public void recover(String room) {
        failures.remove(new RoomId(room));
    }

    public ScriptedHandler answeringWith(RoomQueryHandler rooms) {
        this.rooms = Optional.of(rooms);
        return this;
    }

    public void failEdus() {
        failsEdus = true;
    }

    @Override
    public Uni<SequencedMap<EventId, PduOutcome>> onPdus(
            Arrival arrival, RoomId room, List<RawPdu> pdus) {
        var origin = arrival.peer();
        var ids = pdus.stream().map(ScriptedHandler::id).toList();
        calls.add(origin + " " + room + " " + text(ids));
        return loop.later(
                () -> {
                    if (failures.containsKey(room)) {
                        throw failures.get(room);
                    }
                    SequencedMap<EventId, PduOutcome> decided = new LinkedHashMap<>();
                    ids.forEach(
                            id ->
                                    decided.put(
                                            id,
                                            outcomes.getOrDefault(id, new PduOutcome.Accepted())));
                    return decided;
                });
    }

    @Override
    public Uni<Void> onRoomless(Arrival arrival, int count) {
        calls.add(arrival.peer() + " roomless " + count);
        return loop.later(() -> null);
    }

    @Override
    public void onEdus(ServerName origin, List<Edu> edus) {
        calls.add(origin + " edus " + text(edus.stream().map(Edu::type).toList()));
        if (failsEdus) {
            throw new IllegalStateException("a bug");
        }
    }

    @Override
    public RoomQueryHandler rooms() {
        return rooms.orElseThrow();
    }

    private static EventId id(RawPdu pdu) {
        return new EventId(pdu.json().string("id").orElseThrow());
    }

    private static String text(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
