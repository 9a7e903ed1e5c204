package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.api.spi.store.StoredEvent;

/// The members of the rooms that were looked at last. From one state to the next only what changed
/// is read.
final class MemberTables {

    static final int MEMBERS_MAX = 1_000_000;

    private final RoomStore rooms;
    private final Compute compute;
    private final SequencedMap<RoomId, MemberTable> tables = new LinkedHashMap<>(16, 0.75f, true);
    private long members;

    MemberTables(RoomStore rooms, Compute compute) {
        this.rooms = rooms;
        this.compute = compute;
    }

    Uni<MemberTable> at(RoomId room, StateMap state) {
        var known = tables.getOrDefault(room, MemberTable.EMPTY);
        return known.state().equals(state) && known != MemberTable.EMPTY
                ? Uni.createFrom().item(known)
                : read(room, known, state).invoke(table -> keep(room, table));
    }

    private Uni<MemberTable> read(RoomId room, MemberTable known, StateMap state) {
        return compute.run(() -> known.missing(state))
                .chain(
                        missing ->
                                missing.isEmpty()
                                        ? Uni.createFrom().item(List.<Pdu>of())
                                        : rooms.events(room, missing).map(MemberTables::pdus))
                .chain(events -> compute.run(() -> known.at(state, events)));
    }

    private static List<Pdu> pdus(SequencedMap<?, StoredEvent> events) {
        return events.values().stream().map(StoredEvent::pdu).toList();
    }

    private void keep(RoomId room, MemberTable table) {
        var before = tables.put(room, table);
        members += table.memberships().size();
        members -= before == null ? 0 : before.memberships().size();
        while (members > MEMBERS_MAX && tables.size() > 1) {
            members -= tables.pollFirstEntry().getValue().memberships().size();
        }
    }
}
