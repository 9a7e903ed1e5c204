package org.stratafed.server.engine.messaging.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;

/// Who is what in a room, as of one of its states.
///
/// @param memberships ordered by user
record MemberTable(StateMap state, SequencedMap<UserId, String> memberships) {

    static final MemberTable EMPTY = new MemberTable(StateMap.empty(), new TreeMap<>());

    static final int HEROES_MAX = 5;

    /// The membership events that must be read to get to another state.
    List<EventId> missing(StateMap later) {
        var missing = new ArrayList<EventId>();
        state.changesTo(later)
                .forEach(
                        (key, event) -> {
                            if (isMember(key)) {
                                event.ifPresent(missing::add);
                            }
                        });
        return missing;
    }

    /// The table as of another state.
    ///
    /// @param read the events that were [#missing(StateMap)]
    MemberTable at(StateMap later, List<Pdu> read) {
        var changed = new TreeMap<>(memberships);
        state.changesTo(later)
                .forEach(
                        (key, event) -> {
                            if (isMember(key) && event.isEmpty()) {
                                UserId.parse(key.stateKey()).ifPresent(changed::remove);
                            }
                        });
        for (var event : read) {
            var membership = event.content().string("membership").orElse("leave");
            event.stateKey().flatMap(UserId::parse).ifPresent(it -> changed.put(it, membership));
        }
        return new MemberTable(later, changed);
    }

    private static boolean isMember(StateKeyTuple key) {
        return key.type().equals("m.room.member");
    }

    /// The room in numbers, and whom a reader may name it by. Who left names it only if nobody else
    /// is there.
    ///
    /// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync">
    ///     `RoomSummary`</a>
    Summary summary(UserId reader) {
        var present = heroes(reader, List.of("join", "invite"));
        var heroes = present.isEmpty() ? heroes(reader, List.of("leave", "ban")) : present;
        return new Summary(heroes, count("join"), count("invite"));
    }

    private List<UserId> heroes(UserId reader, List<String> wanted) {
        return memberships.entrySet().stream()
                .filter(it -> !it.getKey().equals(reader) && wanted.contains(it.getValue()))
                .map(it -> it.getKey())
                .limit(HEROES_MAX)
                .toList();
    }

    private int count(String membership) {
        return (int) memberships.values().stream().filter(membership::equals).count();
    }
}
