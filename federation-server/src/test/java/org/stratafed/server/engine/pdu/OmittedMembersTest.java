package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.pdu.event.EventParser;

/// What a server is told of a room that can do without most of its members.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
class OmittedMembersTest extends HandshakeStage {

    @Test
    void membersAreLeftOutForWhoAsks() {
        publicRoomWith(8);
        name("Some room");
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join, true));
        assertThat(answer.membersOmitted()).isTrue();
        assertThat(answer.serversInRoom()).as("before the join").containsExactly(alpha.name);
        assertThat(members(answer)).isEmpty();
        assertThat(types(answer))
                .containsExactlyInAnyOrder(
                        "m.room.create", "m.room.power_levels", "m.room.join_rules", "m.room.name");
    }

    @Test
    void theAuthChainHasWhatTheStateCitesAndNothingOfTheState() {
        publicRoomWith(8);
        name("Some room");
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join, true));
        assertThat(answer.authChain())
                .extracting(event -> event.json().string("state_key").orElseThrow())
                .as("the sender of all of it")
                .containsExactly(ALICE.value());
        var told = new LinkedHashSet<EventId>();
        var cited = new LinkedHashSet<EventId>();
        var all = new ArrayList<>(answer.state());
        all.addAll(answer.authChain());
        all.add(join);
        for (var event : all) {
            told.add(id(event));
            cited.addAll(EventParser.event(RULES, event.json()).authEvents());
        }
        assertThat(told).containsAll(cited);
    }

    @Test
    void aRoomWithoutANameIsToldWithTheMembersItIsCalledAfter() {
        publicRoomWith(8);
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join, true));
        assertThat(answer.membersOmitted()).isTrue();
        assertThat(members(answer))
                .as("who came first")
                .containsExactlyInAnyOrder(
                        ALICE.value(), "@u0:alpha", "@u1:alpha", "@u2:alpha", "@u3:alpha");
    }

    @Test
    void aMembershipThatTheJoinCitesStays() {
        publicRoomWith(8);
        name("Some room");
        var first = join(BOB, it -> it);
        alpha.get(() -> sendJoin(first));
        var again = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(again, true));
        assertThat(members(answer)).containsExactly(BOB.value());
        assertThat(ids(answer.state())).contains(id(first));
    }

    @Test
    void whereNobodyCanBeLeftOutTheRoomIsToldWhole() {
        publicRoomWith(3);
        var join = join(BOB, it -> it);
        var answer = alpha.get(() -> sendJoin(join, true));
        assertThat(answer.membersOmitted()).isFalse();
        assertThat(answer.serversInRoom()).isEmpty();
        assertThat(answer).as("as who doesn't ask").isEqualTo(alpha.get(() -> sendJoin(join)));
    }

    private void publicRoomWith(int members) {
        create("12", "public");
        for (int i = 0; i < members; i++) {
            var user = new UserId("@u" + i + ":alpha");
            alpha.get(() -> alpha.pdu.submit(member(user, user, "join"), Optional.empty()));
        }
    }

    private void name(String name) {
        var content = JsonObject.builder().put("name", name).build();
        var draft = EventDraft.state(room, ALICE, "m.room.name", "", content);
        alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private static List<String> types(SendJoinAnswer answer) {
        return answer.state().stream()
                .map(event -> event.json().string("type").orElseThrow())
                .toList();
    }

    private static List<String> members(SendJoinAnswer answer) {
        return answer.state().stream()
                .map(RawPdu::json)
                .filter(event -> event.string("type").equals(Optional.of("m.room.member")))
                .map(event -> event.string("state_key").orElseThrow())
                .toList();
    }
}
