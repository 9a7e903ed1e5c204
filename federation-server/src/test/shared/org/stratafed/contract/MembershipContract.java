package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.id;
import static org.stratafed.contract.SampleEvent.member;
import static org.stratafed.contract.SampleEvent.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UserMembership;

/// What every store does with memberships: those in rooms, which follow from the current state,
/// and those from outside.
public abstract class MembershipContract extends StoreContract {

    private static final UserId ALICE = new UserId("@alice:" + StoresUnderTest.LOCAL);
    private static final UserId BOB = new UserId("@bob:remote.example");
    private static final UserId CAROL = new UserId("@carol:remote.example");
    private static final ServerName REMOTE = new ServerName("remote.example");

    @Test
    void serversAreResidentAsLongAsTheyHaveAJoinedMember() {
        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, ALICE, "join", "a1");
        become(lobby, BOB, "join", "b1");
        become(lobby, CAROL, "join", "c1");
        become(lobby, BOB, "join", "b2");
        become(lobby, BOB, "leave", "b3");
        assertThat(await(timeline().residentServers(lobby.id)))
                .containsExactlyInAnyOrder(StoresUnderTest.LOCAL, REMOTE);

        become(lobby, CAROL, "ban", "c2");
        restart();
        assertThat(await(timeline().residentServers(lobby.id)))
                .containsExactly(StoresUnderTest.LOCAL);
        assertThat(await(timeline().everResident(lobby.id, REMOTE))).isTrue();

        become(lobby, BOB, "join", "b4");
        assertThat(await(timeline().residentServers(lobby.id))).contains(REMOTE);
    }

    @Test
    void theMembersOfManyRoomsAreCounted() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        var unknown = SampleRoom.unknown(under(), "unknown");
        become(lobby, ALICE, "join", "a1");
        become(lobby, BOB, "join", "b1");
        become(lobby, CAROL, "invite", "c1");
        become(attic, BOB, "join", "b2");
        become(attic, BOB, "leave", "b3");
        restart();
        var rooms = new LinkedHashSet<>(List.of(attic.id, unknown.id, lobby.id));
        assertThat(await(timeline().joinedMembers(rooms)))
                .containsExactly(
                        Map.entry(attic.id, 0L),
                        Map.entry(unknown.id, 0L),
                        Map.entry(lobby.id, 2L));
    }

    @Test
    void aServerOfWhichSomebodyWasOnlyInvitedWasNeverResident() {
        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, BOB, "invite", "b1");
        become(lobby, BOB, "leave", "b2");
        assertThat(await(timeline().residentServers(lobby.id))).isEmpty();
        assertThat(await(timeline().everResident(lobby.id, REMOTE))).isFalse();
    }

    @Test
    void aMemberWhoseKeyIsGoneFromTheStateIsGone() {
        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, BOB, "join", "b1");
        become(lobby, ALICE, "join", "a1");
        var after = lobby.current().next();
        var bob = new StateKeyTuple("m.room.member", BOB.value());
        var alice = new StateKeyTuple("m.room.member", ALICE.value());
        var committed =
                lobby.commit(
                        lobby.next()
                                .change(after, bob, Optional.empty())
                                .change(after, alice, Optional.empty())
                                .currentChange(bob, Optional.empty())
                                .currentChange(alice, Optional.empty())
                                .current(after));
        assertThat(await(timeline().residentServers(lobby.id))).isEmpty();
        assertThat(await(timeline().localMembers(lobby.id, StoresUnderTest.LOCAL))).isEmpty();
        UserMembership last = await(timeline().memberships(ALICE)).getFirst();
        assertThat(last.membership()).isEqualTo("leave");
        assertThat(last.position()).isEqualTo(committed.position());
    }

    /// The current state went back to an event of earlier, which isn't in the commit.
    @Test
    void aMembershipMayFollowFromAnEventStoredBefore() {
        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, ALICE, "join", "a1");
        become(lobby, ALICE, "leave", "a2");
        var after = lobby.current().next();
        var alice = new StateKeyTuple("m.room.member", ALICE.value());
        var committed =
                lobby.commit(
                        lobby.next()
                                .change(after, alice, Optional.of(id("a1")))
                                .currentChange(alice, Optional.of(id("a1")))
                                .current(after));
        assertThat(await(timeline().localMembers(lobby.id, StoresUnderTest.LOCAL)))
                .containsExactly(ALICE);
        UserMembership back = await(timeline().memberships(ALICE)).getFirst();
        assertThat(back.position()).isEqualTo(committed.position());
        assertThat(back.event().id()).isEqualTo(id("a1"));
        assertThat(back.previous()).contains("leave");
    }

    @Test
    void localMembersAreThoseOfTheServerAskedFor() {
        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, ALICE, "join", "a1");
        become(lobby, BOB, "join", "b1");
        assertThat(await(timeline().localMembers(lobby.id, StoresUnderTest.LOCAL)))
                .containsExactly(ALICE);
    }

    @Test
    void changesOfAUsersMembershipsHaveTheirPositionAndWhatWasBefore() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        long joined = become(lobby, ALICE, "join", "a1");
        lobby.add(message("between"));
        long knocked = become(attic, ALICE, "knock", "a2");
        long left = become(lobby, ALICE, "leave", "a3");

        restart();
        List<UserMembership> changes = await(timeline().membershipChanges(ALICE, 0, left));
        assertThat(changes)
                .extracting(UserMembership::position)
                .containsExactly(joined, knocked, left);
        assertThat(changes)
                .extracting(UserMembership::previous)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("join"));
        assertThat(changes.getFirst().room()).isEqualTo(lobby.id);
        assertThat(changes.getFirst().inRoom()).isTrue();
        assertThat(changes.getFirst().event().id()).isEqualTo(id("a1"));
        assertThat(await(timeline().membershipChanges(ALICE, joined, knocked)))
                .extracting(UserMembership::membership)
                .containsExactly("knock");
    }

    @Test
    void membershipsAreThoseOfTheNewestChangeOfEachRoomUpToAPosition() {
        var lobby = SampleRoom.created(under(), "lobby");
        var attic = SampleRoom.created(under(), "attic");
        become(lobby, ALICE, "join", "a1");
        long knocked = become(attic, ALICE, "knock", "a2");
        become(lobby, ALICE, "leave", "a3");

        assertThat(await(timeline().memberships(ALICE)))
                .extracting(UserMembership::membership)
                .containsExactlyInAnyOrder("knock", "leave");
        assertThat(await(timeline().memberships(ALICE, knocked)))
                .extracting(UserMembership::membership)
                .containsExactlyInAnyOrder("knock", "join");
        assertThat(await(timeline().memberships(new UserId("@nobody:local.example")))).isEmpty();
    }

    /// Both in one commit: the position is that of the membership's own event.
    @Test
    void aMembershipHasThePositionOfItsEvent() {
        var lobby = SampleRoom.created(under(), "lobby");
        long before = await(timeline().position());
        Pdu join = lobby.following(member("a1", ALICE.value(), "join"));
        Pdu hello = message("hello").after("a1").in(lobby.id);
        lobby.commit(lobby.with(lobby.with(lobby.next(), join), hello), hello);
        assertThat(await(timeline().memberships(ALICE)).getFirst().position())
                .isEqualTo(before + 1);
    }

    @Test
    void anInviteFromOutsideIsAMembershipInARoomThatIsNotHeld() {
        var lobby = SampleRoom.unknown(under(), "lobby");
        Pdu invite = member("i1", ALICE.value(), "invite").allowedBy("unseen").in(lobby.id);
        List<JsonObject> stripped =
                List.of(JsonObject.builder().put("type", "m.room.name").build());
        long position = await(directory().record(outOfBand(invite, stripped)));

        restart();
        assertThat(position).isEqualTo(1);
        assertThat(await(timeline().position())).isEqualTo(1);
        assertThat(await(timeline().stream(0, 1, 10))).isEmpty();
        assertThat(await(rooms().snapshot(lobby.id))).isEmpty();
        assertThat(await(rooms().roomOf(invite.id()))).contains(lobby.id);
        assertThat(await(rooms().events(lobby.id, List.of(invite.id()))).get(invite.id()).kind())
                .isEqualTo(EventKind.OUTLIER);
        assertThat(await(timeline().memberships(ALICE)))
                .containsExactly(
                        new UserMembership(
                                lobby.id,
                                "invite",
                                position,
                                invite,
                                false,
                                stripped,
                                Optional.empty()));
    }

    @Test
    void theEndOfAnInviteFromOutsideFollowsIt() {
        var lobby = SampleRoom.unknown(under(), "lobby");
        Pdu invite = member("i1", ALICE.value(), "invite").in(lobby.id);
        Pdu leave = member("i2", ALICE.value(), "leave").in(lobby.id);
        long invited = await(directory().record(outOfBand(invite, List.of())));
        long left = await(directory().record(outOfBand(leave, List.of())));
        assertThat(await(timeline().memberships(ALICE)))
                .extracting(UserMembership::membership)
                .containsExactly("leave");
        UserMembership change =
                await(timeline().membershipChanges(ALICE, invited, left)).getFirst();
        assertThat(change.previous()).contains("invite");
    }

    @Test
    void aRoomJoinedAfterAnInviteFromOutsideIsNewHereAndRemembersTheInvite() {
        var unheld = SampleRoom.unknown(under(), "lobby");
        Pdu invite = member("i1", ALICE.value(), "invite").in(unheld.id);
        await(directory().record(outOfBand(invite, List.of())));

        var lobby = SampleRoom.created(under(), "lobby");
        become(lobby, ALICE, "join", "a1");
        UserMembership join = await(timeline().memberships(ALICE)).getFirst();
        assertThat(join.membership()).isEqualTo("join");
        assertThat(join.inRoom()).isTrue();
        assertThat(join.previous()).contains("invite");
        assertThat(await(timeline().localMembers(lobby.id, StoresUnderTest.LOCAL)))
                .containsExactly(ALICE);
    }

    private static OutOfBandMembership outOfBand(Pdu event, List<JsonObject> stripped) {
        return new OutOfBandMembership(ALICE, CommitDraft.VERSION, event, stripped);
    }

    private static long become(SampleRoom room, UserId user, String membership, String name) {
        return room.add(member(name, user.value(), membership)).position();
    }
}
