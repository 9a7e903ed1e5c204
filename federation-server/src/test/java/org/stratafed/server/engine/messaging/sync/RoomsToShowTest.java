package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ROOM;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.FIRST;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.SINCE;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.UP_TO;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.membership;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.question;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.messaging.sync.RoomsToShow.MembershipReads;

/// Positions up to 50 are what the client has seen, unless it asks for the first time.
class RoomsToShowTest {

    @Test
    void aFirstSyncShowsARoomFromItsStart() {
        assertThat(decide(question(FIRST), history(membership("join", 10))).rooms())
                .containsExactly(new RoomTask(ROOM, true, 0, UP_TO, OptionalLong.empty(), true));
    }

    @Test
    void aRoomOneStaysInIsFollowed() {
        assertThat(decide(question(SINCE), history(membership("join", 10))).rooms())
                .containsExactly(new RoomTask(ROOM, true, 50, UP_TO, SINCE, false));
    }

    @Test
    void aChangeOfOnesOwnNameIsNoReasonToStartAnew() {
        var decided =
                decide(question(SINCE), history(membership("join", 10), membership("join", 60)));
        assertThat(decided.rooms())
                .containsExactly(new RoomTask(ROOM, true, 50, UP_TO, SINCE, false));
    }

    @Test
    void aRoomNothingHappenedInIsPassedOver() {
        var memberships = history(membership("join", 10)).reads(question(SINCE));
        Optional<SequencedSet<RoomId>> nothing = Optional.of(new LinkedHashSet<>());
        assertThat(RoomsToShow.of(question(SINCE), memberships, nothing).rooms()).isEmpty();
        var full = question(SINCE, true, SyncFilter.ALL);
        assertThat(RoomsToShow.of(full, memberships, nothing).rooms())
                .containsExactly(new RoomTask(ROOM, true, 50, UP_TO, OptionalLong.empty(), false));
    }

    @Test
    void aRoomOneJoinedIsShownWhole() {
        assertThat(decide(question(SINCE), history(membership("join", 60))).rooms())
                .containsExactly(new RoomTask(ROOM, true, 0, UP_TO, OptionalLong.empty(), true));
        var invited = history(membership("invite", 40), membership("join", 60));
        assertThat(decide(question(SINCE), invited).rooms())
                .containsExactly(new RoomTask(ROOM, true, 0, UP_TO, OptionalLong.empty(), true));
    }

    /// What the client was shown until it left isn't shown again.
    @Test
    void aRoomOneCameBackToGoesOnWhereItEnded() {
        var away = history(membership("join", 10), membership("leave", 30), membership("join", 60));
        assertThat(decide(question(SINCE), away).rooms())
                .containsExactly(new RoomTask(ROOM, true, 30, UP_TO, OptionalLong.empty(), true));
        var between =
                history(membership("join", 10), membership("leave", 55), membership("join", 60));
        assertThat(decide(question(SINCE), between).rooms())
                .containsExactly(new RoomTask(ROOM, true, 50, UP_TO, OptionalLong.empty(), true));
        var invited =
                history(
                        membership("join", 10),
                        membership("leave", 30),
                        membership("invite", 40),
                        membership("join", 60));
        assertThat(decide(question(SINCE), invited).rooms())
                .containsExactly(new RoomTask(ROOM, true, 30, UP_TO, OptionalLong.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "ban"})
    void aRoomOneLeftIsShownUpToThen(String ending) {
        var left = history(membership("join", 10), membership(ending, 60));
        assertThat(decide(question(SINCE), left).rooms())
                .containsExactly(new RoomTask(ROOM, false, 50, 60, SINCE, false));
    }

    @Test
    void aRoomOneWasInOnlyInBetweenIsShownWholeUpToWhenOneLeft() {
        var visited = history(membership("join", 60), membership("leave", 70));
        assertThat(decide(question(SINCE), visited).rooms())
                .containsExactly(new RoomTask(ROOM, false, 0, 70, OptionalLong.empty(), true));
    }

    @Test
    void aRoomLeftLongAgoIsShownInAFirstSyncThatAsksForIt() {
        var left = history(membership("join", 10), membership("leave", 30));
        assertThat(decide(question(SINCE), left)).isEqualTo(nothing());
        assertThat(decide(question(FIRST), left)).isEqualTo(nothing());
        assertThat(decide(question(FIRST, false, withLeave()), left).rooms())
                .containsExactly(new RoomTask(ROOM, false, 0, 30, OptionalLong.empty(), true));
    }

    @Test
    void aRoomOneNeverWasInIsNotShownAsLeft() {
        var rejected = history(membership("invite", 10), membership("leave", 30));
        assertThat(decide(question(FIRST, false, withLeave()), rejected)).isEqualTo(nothing());
    }

    @Test
    void anInviteIsShownOnce() {
        var invite = membership("invite", 60);
        assertThat(decide(question(SINCE), history(invite)).invites()).containsExactly(invite);
        assertThat(decide(question(FIRST), history(invite)).invites()).containsExactly(invite);
        assertThat(decide(question(SINCE), history(membership("invite", 40)))).isEqualTo(nothing());
    }

    @Test
    void aKnockIsShownOnce() {
        var knock = membership("knock", 60);
        assertThat(decide(question(SINCE), history(knock)).knocks()).containsExactly(knock);
        assertThat(decide(question(FIRST), history(knock)).knocks()).containsExactly(knock);
        assertThat(decide(question(SINCE), history(membership("knock", 40)))).isEqualTo(nothing());
    }

    @Test
    void aKnockThatIsAnsweredIsShownAsTheInvite() {
        var invite = membership("invite", 60);
        var decided = decide(question(SINCE), history(membership("knock", 40), invite));
        assertThat(decided.invites()).containsExactly(invite);
        assertThat(decided.knocks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "ban"})
    void anInviteThatEndedIsShownAsThatAndNoMore(String ending) {
        var end = membership(ending, 60);
        var decided = decide(question(SINCE), history(membership("invite", 40), end));
        assertThat(decided.endings()).containsExactly(end);
        assertThat(decided.rooms()).isEmpty();
        assertThat(decided.invites()).isEmpty();
    }

    @Test
    void aFilterLeavesRoomsOut() {
        var memberships = history(membership("join", 10));
        assertThat(decide(question(FIRST, false, only(List.of())), memberships))
                .isEqualTo(nothing());
        assertThat(decide(question(FIRST, false, only(List.of(ROOM))), memberships).rooms())
                .hasSize(1);
        assertThat(decide(question(FIRST, false, without(ROOM)), memberships)).isEqualTo(nothing());
    }

    private static RoomsToShow decide(SyncQuestion question, History history) {
        return RoomsToShow.of(question, history.reads(question), Optional.empty());
    }

    private static RoomsToShow nothing() {
        return new RoomsToShow(List.of(), List.of(), List.of(), List.of());
    }

    private static SyncFilter withLeave() {
        return new SyncFilter(Optional.empty(), List.of(), true, EventFilter.ALL, EventFilter.ALL);
    }

    private static SyncFilter only(List<RoomId> rooms) {
        return new SyncFilter(
                Optional.of(rooms), List.of(), false, EventFilter.ALL, EventFilter.ALL);
    }

    private static SyncFilter without(RoomId room) {
        return new SyncFilter(
                Optional.empty(), List.of(room), false, EventFilter.ALL, EventFilter.ALL);
    }

    private static History history(UserMembership... memberships) {
        return new History(Arrays.asList(memberships));
    }

    /// All memberships a user ever had in one room, of which a store gives out what is asked for.
    private record History(List<UserMembership> all) {

        MembershipReads reads(SyncQuestion question) {
            long since = question.since().orElse(0);
            boolean all = question.since().isPresent() || question.filter().includeLeave();
            return new MembershipReads(
                    newest(UP_TO),
                    question.since().isPresent() ? newest(since) : List.of(),
                    this.all.stream().filter(it -> it.position() <= since).toList(),
                    all
                            ? this.all.stream().filter(it -> it.position() > since).toList()
                            : List.of());
        }

        private List<UserMembership> newest(long upTo) {
            return all.stream()
                    .filter(it -> it.position() <= upTo)
                    .reduce((_, later) -> later)
                    .stream()
                    .toList();
        }
    }
}
