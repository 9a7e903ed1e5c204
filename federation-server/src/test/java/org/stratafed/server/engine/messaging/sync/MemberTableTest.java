package org.stratafed.server.engine.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.messaging.SampleEvents.ALICE;
import static org.stratafed.server.engine.messaging.SampleEvents.BOB;
import static org.stratafed.server.engine.messaging.SampleEvents.member;
import static org.stratafed.server.engine.messaging.SampleEvents.state;
import static org.stratafed.server.engine.messaging.sync.SyncFixture.stateOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;

class MemberTableTest {

    private static final UserId CAROL = new UserId("@carol:gamma");
    private static final Pdu ALICE_JOINS = member("alice", ALICE, "join");
    private static final Pdu BOB_JOINS = member("bob", BOB, "join");
    private static final Pdu BOB_LEAVES = member("bob2", BOB, "leave");
    private static final Pdu CAROL_INVITED = member("carol", CAROL, "invite");

    @Test
    void aRoomIsNamedByWhoElseIsThereOrInvited() {
        assertThat(table(ALICE_JOINS, BOB_JOINS, CAROL_INVITED).summary(ALICE))
                .isEqualTo(new Summary(List.of(BOB, CAROL), 2, 1));
    }

    @Test
    void aRoomNobodyElseIsInIsNamedByWhoLeft() {
        assertThat(table(ALICE_JOINS, BOB_LEAVES).summary(ALICE))
                .isEqualTo(new Summary(List.of(BOB), 1, 0));
    }

    @Test
    void onlyWhatChangedIsRead() {
        var before = table(ALICE_JOINS, BOB_JOINS);
        var name = state("name", ALICE, "m.room.name", "", "{}");
        var later = stateOf(ALICE_JOINS, BOB_LEAVES, name);
        assertThat(before.missing(later)).containsExactly(BOB_LEAVES.id());
        assertThat(before.at(later, List.of(BOB_LEAVES)).memberships())
                .isEqualTo(table(ALICE_JOINS, BOB_LEAVES).memberships());
    }

    @Test
    void aMembershipThatResolutionTookAwayIsGone() {
        var after = table(ALICE_JOINS, BOB_JOINS).at(stateOf(ALICE_JOINS), List.of());
        assertThat(after.memberships()).containsOnlyKeys(ALICE);
    }

    private static MemberTable table(Pdu... members) {
        return MemberTable.EMPTY.at(stateOf(members), List.of(members));
    }
}
