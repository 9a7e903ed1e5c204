package org.stratafed.server.engine.messaging.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.UserMembership;

/// Which rooms a sync is about, as follows from the user's memberships alone.
///
/// @param rooms rooms the user is in, or was in until lately
/// @param invites invites to be shown
/// @param knocks knocks to be shown
/// @param endings memberships that ended without the user ever having been in the room: an invite
///     or a knock that was rejected or taken back
record RoomsToShow(
        List<RoomTask> rooms,
        List<UserMembership> invites,
        List<UserMembership> knocks,
        List<UserMembership> endings) {

    /// @param touched the rooms something happened in since; empty if that isn't known
    static RoomsToShow of(
            SyncQuestion question,
            MembershipReads memberships,
            Optional<SequencedSet<RoomId>> touched) {
        var decided =
                new RoomsToShow(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var histories = histories(memberships);
        for (var membership : memberships.now()) {
            if (question.admits(membership.room())) {
                var history = histories.get(membership.room());
                decided.add(question, membership, history, touched);
            }
        }
        return decided;
    }

    private void add(
            SyncQuestion question,
            UserMembership now,
            OneRoom history,
            Optional<SequencedSet<RoomId>> touched) {
        switch (now.membership()) {
            case "join" -> {
                var task = joined(question, now.room(), history);
                boolean isUntouched =
                        !task.isNew()
                                && !question.fullState()
                                && touched.filter(it -> !it.contains(now.room())).isPresent();
                if (!isUntouched) {
                    rooms.add(task);
                }
            }
            case "invite" -> {
                if (isNews(question, history)) {
                    invites.add(now);
                }
            }
            case "knock" -> {
                if (isNews(question, history)) {
                    knocks.add(now);
                }
            }
            case "leave", "ban" -> addEnded(question, now, history);
            default -> {}
        }
    }

    private static boolean isNews(SyncQuestion question, OneRoom history) {
        return question.since().isEmpty() || !history.changes().isEmpty();
    }

    private static RoomTask joined(SyncQuestion question, RoomId room, OneRoom history) {
        if (question.since().isPresent() && history.staysJoined()) {
            long since = question.since().getAsLong();
            var stateSince = question.fullState() ? OptionalLong.empty() : OptionalLong.of(since);
            return new RoomTask(room, true, since, question.upTo(), stateSince, false);
        }
        long after = history.seenUntil(question.since());
        return new RoomTask(room, true, after, question.upTo(), OptionalLong.empty(), true);
    }

    private void addEnded(SyncQuestion question, UserMembership now, OneRoom history) {
        var end = history.endOfJoin();
        if (question.since().isEmpty()) {
            if (question.filter().includeLeave() && end.isPresent()) {
                rooms.add(left(now.room(), 0, end.getAsLong(), OptionalLong.empty()));
            }
            return;
        }
        if (history.changes().isEmpty()) {
            return;
        }
        if (end.isEmpty()) {
            endings.add(now);
        } else if (history.wasJoined()) {
            long since = question.since().getAsLong();
            var stateSince = question.fullState() ? OptionalLong.empty() : OptionalLong.of(since);
            rooms.add(new RoomTask(now.room(), false, since, end.getAsLong(), stateSince, false));
        } else {
            long after = history.seenUntil(question.since());
            rooms.add(left(now.room(), after, end.getAsLong(), OptionalLong.empty()));
        }
    }

    private static RoomTask left(RoomId room, long after, long upTo, OptionalLong stateSince) {
        return new RoomTask(room, false, after, upTo, stateSince, true);
    }

    private static SequencedMap<RoomId, OneRoom> histories(MembershipReads memberships) {
        var histories = new LinkedHashMap<RoomId, OneRoom>();
        for (var now : memberships.now()) {
            histories.put(now.room(), OneRoom.after(Optional.empty()));
        }
        for (var before : memberships.before()) {
            histories.put(before.room(), OneRoom.after(Optional.of(before)));
        }
        for (var change : memberships.earlier()) {
            room(histories, change).earlier().add(change);
        }
        for (var change : memberships.changes()) {
            room(histories, change).changes().add(change);
        }
        return histories;
    }

    private static OneRoom room(SequencedMap<RoomId, OneRoom> histories, UserMembership change) {
        return histories.computeIfAbsent(change.room(), _ -> OneRoom.after(Optional.empty()));
    }

    /// Whether a membership may stand before another time in the room.
    static boolean hidesWhatWas(UserMembership membership) {
        return membership.inRoom()
                && (membership.membership().equals("invite")
                        || membership.membership().equals("knock"));
    }

    /// A user's memberships: as of the position asked up to, as of the one asked from, and all
    /// changes between the two. For a first sync all but the first are empty, unless rooms that
    /// were left are wanted too: then the changes are all there ever were.
    ///
    /// @param earlier all changes up to the position asked from, if any of those before
    ///     [hides][RoomsToShow#hidesWhatWas] what was
    record MembershipReads(
            List<UserMembership> now,
            List<UserMembership> before,
            List<UserMembership> earlier,
            List<UserMembership> changes) {}

    /// The same, of one room.
    private record OneRoom(
            Optional<UserMembership> before,
            List<UserMembership> earlier,
            List<UserMembership> changes) {

        static OneRoom after(Optional<UserMembership> before) {
            return new OneRoom(before, new ArrayList<>(), new ArrayList<>());
        }

        boolean wasJoined() {
            return before.filter(OneRoom::isJoin).isPresent();
        }

        boolean staysJoined() {
            return wasJoined() && changes.stream().allMatch(OneRoom::isJoin);
        }

        /// Where the last time in the room ended, if there was one.
        OptionalLong endOfJoin() {
            return endOfJoin(wasJoined(), changes);
        }

        private static OptionalLong endOfJoin(boolean wasJoined, List<UserMembership> changes) {
            var end = OptionalLong.empty();
            boolean joined = wasJoined;
            for (var change : changes) {
                if (joined && !isJoin(change)) {
                    end = OptionalLong.of(change.position());
                }
                joined = isJoin(change);
            }
            return end;
        }

        /// Up to where the client has been shown the room before. What it was shown then is not
        /// shown again.
        long seenUntil(OptionalLong since) {
            if (wasJoined()) {
                return since.orElse(0);
            }
            if (before.filter(RoomsToShow::hidesWhatWas).isPresent()) {
                return endOfJoin(false, earlier).orElse(0);
            }
            return before.filter(UserMembership::inRoom)
                    .filter(it -> it.membership().equals("leave") || it.membership().equals("ban"))
                    .map(UserMembership::position)
                    .orElse(0L);
        }

        private static boolean isJoin(UserMembership membership) {
            return membership.membership().equals("join");
        }
    }
}
