package org.stratafed.server.engine.messaging.reading;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.Stores;

/// Which redactions take effect on what readers are shown.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#handling-redactions">Handling
///     redactions</a>
final class Redactions {

    static final String TYPE = "m.room.redaction";

    private static final StateKeyTuple CREATE = new StateKeyTuple("m.room.create", "");
    private static final StateKeyTuple LEVELS = new StateKeyTuple("m.room.power_levels", "");

    private final Stores stores;

    Redactions(Stores stores) {
        this.stores = stores;
    }

    /// What is to be redacted of these events.
    Uni<Applied> of(RoomId room, Collection<Pdu> events) {
        var targets = new LinkedHashMap<EventId, Pdu>();
        events.forEach(event -> targets.put(event.id(), event));
        if (targets.isEmpty()) {
            return Uni.createFrom().item(Applied.NONE);
        }
        return stores.timeline()
                .redactions(room, new LinkedHashSet<>(targets.sequencedKeySet()))
                .chain(
                        found ->
                                levels(room, found.values().stream().flatMap(List::stream).toList())
                                        .map(levels -> applied(targets, found, levels)));
    }

    /// Those of these redactions whose target is here and is redacted by them. The others are
    /// nobody's to see until they are; but where it takes a right to make one, it stands alone.
    Uni<SequencedSet<EventId>> inEffect(RoomId room, List<StoredEvent> redactions) {
        var ids = new LinkedHashSet<EventId>();
        redactions.forEach(redaction -> redaction.pdu().redacts().ifPresent(ids::add));
        if (ids.isEmpty()) {
            return Uni.createFrom().item(new LinkedHashSet<>());
        }
        return stores.rooms()
                .events(room, ids)
                .chain(
                        targets ->
                                levels(room, redactions)
                                        .map(levels -> inEffect(redactions, targets, levels)));
    }

    private static SequencedSet<EventId> inEffect(
            List<StoredEvent> redactions,
            SequencedMap<EventId, StoredEvent> targets,
            SequencedMap<StatePoint, Levels> levels) {
        var effective = new LinkedHashSet<EventId>();
        for (var redaction : redactions) {
            boolean applies =
                    redaction
                            .pdu()
                            .redacts()
                            .map(targets::get)
                            .filter(target -> target.status() == EventStatus.ACCEPTED)
                            .filter(target -> applies(redaction, target.pdu(), levels))
                            .isPresent();
            if (applies || standsAlone(redaction, levels)) {
                effective.add(redaction.pdu().id());
            }
        }
        return effective;
    }

    private static boolean standsAlone(
            StoredEvent redaction, SequencedMap<StatePoint, Levels> levels) {
        return redaction
                .before()
                .map(levels::get)
                .filter(it -> it.rules().redactionAuthorised())
                .isPresent();
    }

    private static Applied applied(
            SequencedMap<EventId, Pdu> targets,
            SequencedMap<EventId, List<StoredEvent>> found,
            SequencedMap<StatePoint, Levels> levels) {
        var applied = new LinkedHashMap<EventId, Applied.One>();
        found.forEach(
                (id, redactions) ->
                        redactions.stream()
                                .filter(it -> applies(it, targets.get(id), levels))
                                .findFirst()
                                .ifPresent(it -> applied.put(id, one(it, levels))));
        return new Applied(applied);
    }

    private static Applied.One one(StoredEvent redaction, SequencedMap<StatePoint, Levels> levels) {
        return new Applied.One(
                redaction.pdu(), levels.get(redaction.before().orElseThrow()).rules());
    }

    private static boolean applies(
            StoredEvent redaction, Pdu target, SequencedMap<StatePoint, Levels> levels) {
        return redaction
                .before()
                .map(levels::get)
                .filter(it -> it.mayRedact(redaction.pdu(), target))
                .isPresent();
    }

    /// The power levels before each of these events.
    private Uni<SequencedMap<StatePoint, Levels>> levels(RoomId room, List<StoredEvent> events) {
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        for (var event : events) {
            event.before()
                    .ifPresent(it -> wanted.put(it, new LinkedHashSet<>(List.of(CREATE, LEVELS))));
        }
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(new LinkedHashMap<>());
        }
        return stores.timeline().stateEvents(room, wanted).map(Redactions::levels);
    }

    private static SequencedMap<StatePoint, Levels> levels(
            SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>> states) {
        var levels = new LinkedHashMap<StatePoint, Levels>();
        states.forEach(
                (point, state) -> {
                    var create = Optional.ofNullable(state.get(CREATE));
                    var powerLevels = Optional.ofNullable(state.get(LEVELS));
                    create.flatMap(Redactions::rules)
                            .ifPresent(
                                    rules ->
                                            levels.put(
                                                    point, Levels.of(rules, create, powerLevels)));
                });
        return levels;
    }

    private static Optional<RoomVersionRules> rules(Pdu create) {
        var named = create.content().string("room_version");
        var version = named.isPresent() ? named.flatMap(RoomVersion::parse) : unnamed();
        return version.flatMap(RoomVersionRules::of);
    }

    private static Optional<RoomVersion> unnamed() {
        return Optional.of(RoomVersion.WHEN_UNNAMED);
    }

    /// The redactions in effect, by target.
    record Applied(SequencedMap<EventId, One> byTarget) {

        static final Applied NONE = new Applied(new LinkedHashMap<>());

        /// A redaction, and the rules it is carried out by.
        record One(Pdu redaction, RoomVersionRules rules) {}

        Optional<Pdu> because(Pdu event) {
            return Optional.ofNullable(byTarget.get(event.id())).map(One::redaction);
        }

        /// The event as it is to be shown.
        Pdu show(Pdu event) {
            var one = byTarget.get(event.id());
            return one == null ? event : redacted(event, one.rules());
        }

        private static Pdu redacted(Pdu event, RoomVersionRules rules) {
            return new Pdu(
                    event.id(),
                    event.roomId(),
                    rules.redaction().redact(event.json()),
                    event.prevEvents(),
                    event.authEvents(),
                    rules.redactsInContent() ? event.redacts() : Optional.empty());
        }
    }
}
