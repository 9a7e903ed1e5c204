package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;

/// What the invited user's server checks of what an invite tells of the room.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
class InviteRoomStateTest extends HandshakeStage {

    @Test
    void whatAnInviteTellsHasToIncludeTheCreateEvent() {
        create("12", "invite");
        roomStateIsRefused("create event is missing", _ -> List.of());
        roomStateIsRefused(
                "create event is missing",
                told -> told.stream().filter(it -> !isCreate(new RawPdu(it))).toList());
    }

    @Test
    void whatAnInviteTellsHasToBeEventsOfTheRoomsVersion() {
        create("12", "invite");
        roomStateIsRefused(
                "depth",
                told ->
                        told.stream()
                                .map(
                                        it ->
                                                isOf(new RawPdu(it), "m.room.join_rules")
                                                        ? it.without("depth")
                                                        : it)
                                .toList());
        roomStateIsRefused(
                "not signed",
                told -> told.stream().map(it -> it.without("signatures", "hashes")).toList());
    }

    @Test
    void whatAnInviteTellsHasToBeSigned() {
        create("12", "invite");
        roomStateIsRefused(
                "signature",
                told ->
                        told.stream()
                                .map(
                                        it ->
                                                isOf(new RawPdu(it), "m.room.join_rules")
                                                        ? it.with("depth", JsonNumber.of(77))
                                                        : it)
                                .toList());
    }

    @Test
    void whatAnInviteTellsHasToBeOfTheSameRoom() {
        create("12", "public");
        topic("elsewhere");
        var elsewhere = alpha.get(() -> alpha.pdu.state(room)).orElseThrow();
        create("12", "invite");
        roomStateIsRefused(
                "another room",
                told -> {
                    var more = new ArrayList<>(told);
                    more.add(elsewhere.event("m.room.topic", "").orElseThrow().json());
                    return more;
                });
        roomStateIsRefused(
                "another room",
                told -> List.of(elsewhere.event("m.room.create", "").orElseThrow().json()));
    }

    @Test
    void whatAnInviteTellsHasToBeState() {
        create("12", "invite");
        var message = EventDraft.message(room, ALICE, "m.room.message", body("hello"));
        var id = alpha.get(() -> alpha.pdu.submit(message, Optional.empty()));
        var event = alpha.get(() -> alpha.stores().rooms().events(room, List.of(id))).get(id);
        roomStateIsRefused(
                "no state event",
                told -> {
                    var more = new ArrayList<>(told);
                    more.add(event.pdu().json());
                    return more;
                });
    }

    @Test
    void anInviteIsSentWithWholeEventsThatTellOfTheRoom() {
        create("9", "invite");
        topic("hall");
        var told = inviteRequest(BOB).roomState();
        assertThat(told.stream().map(it -> it.string("type").orElseThrow()))
                .contains("m.room.create", "m.room.join_rules", "m.room.topic", "m.room.member");
        assertThat(told)
                .allSatisfy(
                        it ->
                                assertThat(it.keys())
                                        .contains("signatures", "hashes", "auth_events", "depth"));
    }

    @Test
    void whatAnInviteTellsIsShownPrunedAndTheInviteItselfLast() {
        create("12", "invite");
        topic("hall");
        var request = inviteRequest(BOB);
        beta.get(() -> ask(request));
        var shown = membership(BOB).strippedState();
        assertThat(shown.stream().map(it -> it.string("type").orElseThrow()))
                .contains("m.room.create", "m.room.join_rules", "m.room.topic");
        assertThat(shown.getLast().string("state_key")).hasValue(BOB.value());
        assertThat(shown)
                .allSatisfy(
                        it ->
                                assertThat(it.keys())
                                        .containsExactlyInAnyOrder(
                                                "type", "state_key", "sender", "content"));
    }

    @Test
    void anInviteTellsFiftyEventsAtMost() {
        create("12", "invite");
        var request = inviteRequest(BOB);
        var many = new ArrayList<>(request.roomState());
        for (int i = 0; i < 60; i++) {
            var id =
                    alpha.get(
                            () ->
                                    alpha.pdu.submit(
                                            EventDraft.state(
                                                    room,
                                                    ALICE,
                                                    "x",
                                                    "k" + many.size(),
                                                    JsonObject.empty()),
                                            Optional.empty()));
            many.add(
                    alpha.get(() -> alpha.stores().rooms().events(room, List.of(id)))
                            .get(id)
                            .pdu()
                            .json());
        }
        beta.get(() -> ask(with(request, many)));
        assertThat(membership(BOB).strippedState()).hasSize(51);
    }

    /// There, servers tell events without signatures, and they are shown as they are told.
    @Test
    void inOlderRoomsWhatAnInviteTellsNeedNotBeProvedButIsNotForged() {
        create("11", "invite");
        topic("honest");
        var request = inviteRequest(BOB);
        var told = new ArrayList<JsonObject>();
        for (var event : request.roomState()) {
            var raw = new RawPdu(event);
            if (isOf(raw, "m.room.topic")) {
                told.add(event.with("origin_server_ts", JsonNumber.of(7)));
            } else if (isOf(raw, "m.room.join_rules")) {
                told.add(
                        JsonObject.builder()
                                .put("type", "m.room.join_rules")
                                .put("state_key", "")
                                .put("sender", ALICE.value())
                                .put("content", event.object("content").orElseThrow())
                                .build());
            }
        }
        told.add(body("malformed"));
        beta.get(() -> ask(with(request, told)));
        assertThat(membership(BOB).strippedState().stream().map(it -> it.string("type").get()))
                .containsExactly("m.room.join_rules", "m.room.member");
        assertThat(beta.refusals()).hasSize(2).allMatch(it -> it.contains("tell of a room"));
    }
}
