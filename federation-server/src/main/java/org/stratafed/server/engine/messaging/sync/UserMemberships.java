package org.stratafed.server.engine.messaging.sync;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;

/// The memberships of the users who asked last. From one question to the next, only what changed
/// is read.
final class UserMemberships {

    static final int MEMBERSHIPS_MAX = 1_000_000;

    private final TimelineStore timeline;
    private final SequencedMap<UserId, Known> users = new LinkedHashMap<>(16, 0.75f, true);
    private long memberships;

    UserMemberships(TimelineStore timeline) {
        this.timeline = timeline;
    }

    /// A user's memberships as of a position.
    private record Known(long upTo, SequencedMap<RoomId, UserMembership> byRoom) {

        Known with(long later, List<UserMembership> changes) {
            var changed = new LinkedHashMap<>(byRoom);
            changes.forEach(it -> changed.put(it.room(), it));
            return new Known(later, changed);
        }

        List<UserMembership> list() {
            return List.copyOf(byRoom.values());
        }
    }

    Uni<List<UserMembership>> asOf(UserId user, long position) {
        var known = users.get(user);
        if (known == null) {
            var nothing = new Known(position, new LinkedHashMap<>());
            return timeline.memberships(user, position)
                    .map(all -> keep(user, nothing.with(position, all)));
        }
        return known.upTo() > position
                ? timeline.memberships(user, position)
                : timeline.membershipChanges(user, known.upTo(), position)
                        .map(
                                changes ->
                                        changes.isEmpty()
                                                ? known.list()
                                                : keep(user, known.with(position, changes)));
    }

    private List<UserMembership> keep(UserId user, Known newer) {
        var before = users.put(user, newer);
        memberships += newer.byRoom().size();
        memberships -= before == null ? 0 : before.byRoom().size();
        while (memberships > MEMBERSHIPS_MAX && users.size() > 1) {
            memberships -= users.pollFirstEntry().getValue().byRoom().size();
        }
        return newer.list();
    }
}
