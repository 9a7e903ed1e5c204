package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.stratafed.api.layer.pdu.RoomPlan;
import org.stratafed.api.layer.pdu.RoomPlan.PlannedEvent;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.store.StoredEvent;

/// Neighbours with one public room that `@alice` of the first of them made.
final class Street implements AutoCloseable {

    static final JsonObject EMPTY = JsonObject.empty();

    private final Map<ServerName, Neighbour> neighbours = new LinkedHashMap<>();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final Path directory;
    private final RoomVersionRules rules;
    RoomId room;

    Street(Path directory, String version) {
        this.directory = directory;
        rules = RoomVersionRules.of(new RoomVersion(version)).orElseThrow();
    }

    Neighbour moveIn(String name) {
        return new Neighbour(name, directory, loop, neighbours);
    }

    static UserId user(Neighbour of) {
        return of.user(of.name.value().substring(0, 1));
    }

    void create(Neighbour at) {
        var creator = user(at);
        var power =
                rules.creatorsHaveInfinitePower()
                        ? EMPTY
                        : JsonObject.builder()
                                .put(
                                        "users",
                                        JsonObject.builder().put(creator.value(), 100).build())
                                .build();
        var join = JsonObject.builder().put("membership", "join").build();
        var open = JsonObject.builder().put("join_rule", "public").build();
        var plan =
                new RoomPlan(
                        rules.version(),
                        rules.roomIdIsCreateHash()
                                ? Optional.empty()
                                : Optional.of(new RoomId("!room:" + at.name)),
                        creator,
                        EMPTY,
                        List.of(
                                new PlannedEvent("m.room.member", creator.value(), join),
                                new PlannedEvent("m.room.power_levels", "", power),
                                new PlannedEvent("m.room.join_rules", "", open)));
        room = at.get(() -> at.pdu.create(plan));
    }

    EventId join(Neighbour at, Neighbour via) {
        var join = at.get(() -> at.pdu.join(room, user(at), List.of(via.name), EMPTY));
        return join;
    }

    EventId say(Neighbour at, String text) {
        var body = JsonObject.builder().put("body", text).build();
        return submit(at, EventDraft.message(room, user(at), "m.room.message", body));
    }

    EventId topic(Neighbour at, String topic) {
        var content = JsonObject.builder().put("topic", topic).build();
        return submit(at, EventDraft.state(room, user(at), "m.room.topic", "", content));
    }

    EventId submit(Neighbour at, EventDraft draft) {
        return at.get(() -> at.pdu.submit(draft, Optional.empty()));
    }

    /// What is on its way to the other is lost.
    void lose(Neighbour from, Neighbour to) {
        from.push(to, _ -> true);
    }

    List<EventId> tips(Neighbour at) {
        var tip = at.get(() -> at.stores().rooms().snapshot(room)).orElseThrow();
        return List.copyOf(tip.extremities().keySet());
    }

    Optional<StoredEvent> stored(Neighbour at, EventId id) {
        return Optional.ofNullable(
                at.get(() -> at.stores().rooms().events(room, List.of(id))).get(id));
    }

    boolean isPlaced(Neighbour at, EventId id) {
        return stored(at, id).filter(e -> e.after().isPresent()).isPresent();
    }

    EventStatus status(Neighbour at, EventId id) {
        return stored(at, id).orElseThrow().status();
    }

    List<Gap> gaps(Neighbour at) {
        return at.get(() -> at.pdu.health().gaps(room));
    }

    int staged(Neighbour at) {
        return at.get(() -> at.stores().rooms().staged(room)).size();
    }

    PduOutcome give(Neighbour from, Neighbour to, RawPdu event) {
        return to.get(() -> to.pdu.onPdus(from.name, room, List.of(event)))
                .sequencedValues()
                .getFirst();
    }

    EventId idOf(Neighbour at, RawPdu event) {
        return at.get(() -> at.pdu.onPdus(at.name, room, List.of(event)))
                .sequencedKeySet()
                .getFirst();
    }

    /// An event by the neighbour's user, made as it pleases: after these, whatever there is.
    RawPdu made(
            Neighbour by, String type, Optional<String> key, JsonObject content, EventId... prev) {
        var event =
                JsonObject.builder()
                        .put("type", type)
                        .put("room_id", room.value())
                        .put("sender", user(by).value())
                        .put("content", content)
                        .put("depth", 20)
                        .put("origin_server_ts", System.currentTimeMillis())
                        .put("prev_events", ids(Arrays.asList(prev)))
                        .put("auth_events", ids(auth(by)));
        key.ifPresent(it -> event.put("state_key", it));
        return by.made(rules, event.build());
    }

    RawPdu said(Neighbour by, String text, EventId... prev) {
        var body = JsonObject.builder().put("body", text).build();
        return made(by, "m.room.message", Optional.empty(), body, prev);
    }

    private static JsonArray ids(List<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }

    private List<EventId> auth(Neighbour by) {
        var state = by.get(() -> by.pdu.state(room)).orElseThrow();
        var ids = new LinkedHashSet<EventId>();
        var keys = new ArrayList<>(List.of("m.room.power_levels/"));
        if (!rules.roomIdIsCreateHash()) {
            keys.add("m.room.create/");
        }
        keys.add("m.room.member/" + user(by).value());
        for (var key : keys) {
            int slash = key.indexOf('/');
            state.event(key.substring(0, slash), key.substring(slash + 1))
                    .ifPresent(event -> ids.add(event.id()));
        }
        return List.copyOf(ids);
    }

    static void eventually(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// Closes all and asks that none ran into a defect.
    @Override
    public void close() {
        neighbours.values().forEach(Neighbour::close);
        loop.shutdownNow();
        neighbours
                .values()
                .forEach(it -> assertThat(it.defects()).as("defects of %s", it.name).isEmpty());
    }
}
